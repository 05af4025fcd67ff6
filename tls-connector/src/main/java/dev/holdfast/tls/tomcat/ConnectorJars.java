package dev.holdfast.tls.tomcat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The jars that the connector needs beside its own. Tomcat goes on without a port whose TLS cannot
 * be set up, so that what is missing has to be said in its log.
 */
final class ConnectorJars {
  private static final Map<String, String> BY_CLASS = new LinkedHashMap<>();

  static {
    BY_CLASS.put("dev.holdfast.servlet.exporter.KeyingMaterialExporter", "holdfast-filter-core");
    BY_CLASS.put("org.bouncycastle.tls.TlsServerProtocol", "bctls-jdk18on");
    BY_CLASS.put("org.bouncycastle.crypto.Digest", "bcprov-jdk18on");
    BY_CLASS.put("org.bouncycastle.asn1.oiw.OIWObjectIdentifiers", "bcutil-jdk18on");
  }

  private ConnectorJars() {}

  /**
   * Looks for each.
   *
   * @throws IllegalStateException naming the jar that is missing
   */
  static void require(ClassLoader loader) {
    BY_CLASS.forEach(
        (type, jar) -> {
          try {
            Class.forName(type, false, loader);
          } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalStateException(
                "Token Binding cannot be negotiated on this port, because "
                    + jar
                    + " is missing. Put it beside holdfast-tls-connector: docs/tls-connector.md"
                    + " lists all jars",
                missing);
          }
        });
  }
}
