package dev.holdfast.tls.engine;

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
 * What the JVM's own TLS would speak as a server: the security property {@code
 * jdk.tls.disabledAlgorithms}, by which operators and distributions rule out versions and cipher
 * suites for all applications, holds here as there, and {@code jdk.tls.server.protocols} too.
 */
final class JvmPolicy {
  private static final @Nullable SSLEngine OWN = own();

  private JvmPolicy() {}

  /**
   * Null where the JVM has no TLS of its own, which then rules nothing out.
   *
   * @throws IllegalStateException when there is one that cannot be asked, so that nobody speaks
   *     what may be ruled out
   */
  private static @Nullable SSLEngine own() {
    for (Provider provider : Security.getProviders()) {
      if (!(provider instanceof TokenBindingProvider)
          && provider.getService("SSLContext", "TLS") != null) {
        try {
          SSLContext context = SSLContext.getInstance("TLS", provider);
          context.init(new KeyManager[0], new TrustManager[0], null);
          SSLEngine engine = context.createSSLEngine();
          engine.setUseClientMode(false);
          return engine;
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

  /** Those of the versions that are admitted. */
  static List<String> protocols(List<String> known) {
    return OWN == null ? known : admitted(known, OWN.getEnabledProtocols());
  }

  /** Those of the cipher suites that are admitted. */
  static List<String> cipherSuites(List<String> known) {
    return OWN == null ? known : admitted(known, OWN.getSupportedCipherSuites());
  }

  private static List<String> admitted(List<String> known, String[] admitted) {
    return known.stream().filter(List.of(admitted)::contains).toList();
  }
}
