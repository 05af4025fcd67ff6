package dev.holdfast.examples.behindaproxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client's certificate and key from PEM files.
 *
 * @param chain the certificates, leaf first
 * @param key unencrypted PKCS #8 ({@code BEGIN PRIVATE KEY})
 */
record PemIdentity(List<X509Certificate> chain, PrivateKey key) {

  private static final char[] IN_MEMORY = "in memory only".toCharArray();

  PemIdentity {
    chain = List.copyOf(chain);
  }

  static PemIdentity read(Path certificate, Path key) {
    List<X509Certificate> chain = certificates(certificate);
    try {
      String base64 =
          Files.readString(key).replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").strip();
      PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
      String algorithm = chain.get(0).getPublicKey().getAlgorithm();
      return new PemIdentity(chain, KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the key must be unencrypted PKCS #8 in PEM", e);
    }
  }

  private static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!all.isEmpty()) {
        return all;
      }
    } catch (IOException | GeneralSecurityException unreadable) {
      // the same text as for a file without certificates
    }
    throw new IllegalArgumentException("certificates must be PEM files");
  }

  /** TLS with this identity. */
  SSLContext tls(@Nullable Path trust) {
    return context(this, trust);
  }

  /**
   * TLS without an identity.
   *
   * @param trust the authorities to trust, PEM; null: those of this JVM
   */
  static SSLContext anonymousTls(@Nullable Path trust) {
    return context(null, trust);
  }

  private static SSLContext context(@Nullable PemIdentity identity, @Nullable Path trust) {
    try {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      if (identity != null) {
        X509Certificate[] chain = identity.chain.toArray(new X509Certificate[0]);
        own.setKeyEntry("client", identity.key, IN_MEMORY, chain);
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, IN_MEMORY);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(trust == null ? null : store(trust));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("key and certificate do not go together", e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (X509Certificate certificate : certificates(file)) {
      store.setCertificateEntry("trusted-" + store.size(), certificate);
    }
    return store;
  }

  @Override
  public String toString() {
    return "PemIdentity[not shown]";
  }
}
