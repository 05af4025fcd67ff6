package dev.holdfast.examples.servletapi;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/**
 * {@code server.ssl.*}: who the server is, and whose certificates it takes from clients.
 *
 * @param identity the server's key and certificate
 * @param trusted whose client certificates are taken; null: the JVM's trust store decides
 * @param clientAuth whether a client is asked for a certificate
 * @param protocols {@code server.ssl.enabled-protocols}; empty: TLS 1.2 and 1.3
 */
record TlsSettings(
    KeyMaterial identity,
    @Nullable KeyMaterial trusted,
    ClientAuth clientAuth,
    List<String> protocols) {

  /** {@code server.ssl.client-auth}. */
  enum ClientAuth {
    /** No client is asked for a certificate. */
    NONE("none"),
    /** A client may show one; this is what an API with certificate-bound tokens needs. */
    WANT("optional"),
    /** TLS ends without one. */
    NEED("required");

    private final String tomcatName;

    ClientAuth(String tomcatName) {
      this.tomcatName = tomcatName;
    }
  }

  private static final String PREFIX = "server.ssl.";
  private static final Set<String> NAMES =
      Set.of(
          "certificate",
          "certificate-private-key",
          "trust-certificate",
          "key-store",
          "key-store-password",
          "key-store-type",
          "trust-store",
          "trust-store-password",
          "trust-store-type",
          "client-auth",
          "enabled-protocols");

  TlsSettings {
    protocols = List.copyOf(protocols);
  }

  static boolean knows(String name) {
    return name.startsWith(PREFIX) && NAMES.contains(name.substring(PREFIX.length()));
  }

  static @Nullable TlsSettings read(Map<String, String> settings) {
    if (settings.keySet().stream().noneMatch(TlsSettings::knows)) {
      return null;
    }
    KeyMaterial identity = KeyMaterial.ofServer(settings);
    if (identity == null) {
      throw new InvalidSettingException(
          "server.ssl",
          "has settings, but the server has no certificate",
          "Set server.ssl.certificate and .certificate-private-key, or server.ssl.key-store");
    }
    return new TlsSettings(
        identity,
        KeyMaterial.ofClients(settings),
        clientAuth(settings.getOrDefault("server.ssl.client-auth", "none")),
        protocols(settings.get("server.ssl.enabled-protocols")));
  }

  /** The same in Tomcat's words. */
  SSLHostConfig forTomcat() {
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate server =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    identity.identify(server);
    host.addCertificate(server);
    host.setCertificateVerification(clientAuth.tomcatName);
    if (trusted != null) {
      host.setTrustStore(trusted.trusted());
    }
    host.setProtocols(protocols.isEmpty() ? "TLSv1.2+TLSv1.3" : String.join("+", protocols));
    return host;
  }

  private static ClientAuth clientAuth(String text) {
    for (ClientAuth candidate : ClientAuth.values()) {
      if (candidate.name().equalsIgnoreCase(text)) {
        return candidate;
      }
    }
    throw new InvalidSettingException(
        "server.ssl.client-auth", "has an unknown value", "Give none, want or need");
  }

  /** TLS 1.2 and 1.3 and nothing older, whatever the JVM would still speak. */
  private static List<String> protocols(@Nullable String text) {
    List<String> protocols = text == null ? List.of() : List.of(text.trim().split("\\s*,\\s*", -1));
    if (!Set.of("TLSv1.2", "TLSv1.3").containsAll(protocols)) {
      throw new InvalidSettingException(
          "server.ssl.enabled-protocols",
          "names an unknown protocol",
          "Give TLSv1.2, TLSv1.3 or both, with a comma between");
    }
    return protocols;
  }
}
