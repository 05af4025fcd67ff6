package dev.holdfast.tls.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM's own TLS would speak: the security property {@code jdk.tls.disabledAlgorithms}, by
 * which operators and distributions rule out versions, cipher suites, signature schemes and groups
 * for all applications, holds here as there, and {@code jdk.tls.server.protocols} too.
 *
 * <p>JDK 17 has no method that names the signature schemes and groups. What its client would offer
 * is in the ClientHello that it makes, and is read from there.
 */
public final class JvmPolicy {
  /** The name of the provider that offers this server: it is not the JVM's own TLS. */
  public static final String NOT_ASKED = "HoldfastTokenBinding";

  private static final @Nullable SSLContext CONTEXT = own();
  private static final @Nullable SSLEngine OWN = CONTEXT == null ? null : server(CONTEXT);
  private static final @Nullable JvmHello HELLO =
      CONTEXT == null || OWN == null
          ? null
          : JvmHello.of(CONTEXT.createSSLEngine(), OWN.getEnabledProtocols());

  private JvmPolicy() {}

  /**
   * Null where the JVM has no TLS of its own, which then rules nothing out.
   *
   * @throws IllegalStateException when there is one that cannot be asked, so that nobody speaks
   *     what may be ruled out
   */
  private static @Nullable SSLContext own() {
    for (Provider provider : Security.getProviders()) {
      if (!provider.getName().equals(NOT_ASKED)
          && provider.getService("SSLContext", "TLS") != null) {
        try {
          SSLContext context = SSLContext.getInstance("TLS", provider);
          context.init(new KeyManager[0], new TrustManager[0], null);
          return context;
        } catch (GeneralSecurityException e) {
          throw new IllegalStateException(
              "the JVM's own TLS ("
                  + provider.getName()
                  + ") cannot be asked what jdk.tls.disabledAlgorithms rules out",
              e);
        }
      }
    }
    return null;
  }

  private static SSLEngine server(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    return engine;
  }

  /** Those of the versions that are admitted. */
  static List<String> protocols(List<String> known) {
    return OWN == null ? known : admitted(known, OWN.getEnabledProtocols());
  }

  /** Those of the cipher suites that are admitted. */
  static List<String> cipherSuites(List<String> known) {
    return OWN == null ? known : admitted(known, OWN.getSupportedCipherSuites());
  }

  /** Whether the signature scheme of this value is admitted. */
  static boolean admitsSignatureScheme(int value) {
    return HELLO == null || HELLO.signatureSchemes().contains(value);
  }

  /** Whether the group of this value is admitted. */
  static boolean admitsGroup(int value) {
    return HELLO == null || HELLO.groups().contains(value);
  }

  private static List<String> admitted(List<String> known, String[] admitted) {
    return known.stream().filter(List.of(admitted)::contains).toList();
  }
}
