package dev.holdfast.testing;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts of the JDK's own provider. */
final class TlsContexts {

  private TlsContexts() {}

  static SSLContext trusting(List<X509Certificate> trusted) {
    return context(new KeyManager[0], trusted);
  }

  static SSLContext of(Identity identity, List<X509Certificate> trusted) {
    return context(keyManagers(identity), trusted);
  }

  private static SSLContext context(KeyManager[] keyManagers, List<X509Certificate> trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers, trustManagers(trusted), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a TLS context", e);
    }
  }

  private static KeyManager[] keyManagers(Identity identity) {
    char[] password = "in memory only".toCharArray();
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(identity.keyStore(password), password);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make key managers", e);
    }
  }

  private static TrustManager[] trustManagers(List<X509Certificate> trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(KeyStores.ofTrusted(trusted));
    return factory.getTrustManagers();
  }
}
