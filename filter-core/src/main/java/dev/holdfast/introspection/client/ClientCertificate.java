package dev.holdfast.introspection.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.internal.files.WatchedFiles;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import dev.holdfast.internal.jose.privatekey.PrivateKeyText;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls_client_auth} and {@code self_signed_tls_client_auth}: the certificate of the
 * connection says who asks, and the form has the identifier (RFC 8705 section 2).
 */
public final class ClientCertificate implements ClientCredential {
  private final String parameters;
  private final Supplier<SSLContext> tls;

  private ClientCertificate(String clientId, Supplier<SSLContext> tls) {
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("introspection needs a client-id");
    }
    this.parameters = "&client_id=" + URLEncoder.encode(clientId, UTF_8);
    this.tls = tls;
  }

  /**
   * By the key of a context.
   *
   * @param tls another one after a change, and the same one until then
   */
  public static ClientCertificate of(String clientId, Supplier<SSLContext> tls) {
    return new ClientCertificate(clientId, tls);
  }

  /**
   * By a key and a certificate in two files, which are read now and again when one has changed.
   *
   * @param setting the name of the setting that names the key, for the log
   * @param key PKCS #8 in PEM, or one JWK
   * @param certificate in PEM, with those between it and its authority behind it
   * @param trust whom to trust at the other end; null: the JVM's trust store
   * @throws UnusableFileException when a file is not that, or the key is another certificate's
   */
  public static ClientCertificate of(
      String clientId,
      String setting,
      Path key,
      Path certificate,
      TrustManager @Nullable [] trust,
      Clock clock)
      throws UnusableFileException {
    WatchedFiles<SSLContext> files =
        WatchedFiles.of(
            setting,
            List.of(key, certificate),
            contents -> context(contents.get(0), contents.get(1), trust),
            clock);
    return new ClientCertificate(clientId, files::current);
  }

  private static SSLContext context(byte[] key, byte[] certificate, TrustManager @Nullable [] trust)
      throws UnusableFileException {
    try {
      PrivateKey own = PrivateKeyText.read(key).key();
      X509Certificate[] chain = chain(certificate);
      if (!isOf(own, chain[0].getPublicKey())) {
        throw new UnusableFileException("the key is not that of the certificate");
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new OneKey(own, chain)}, trust, null);
      return context;
    } catch (UnacceptableJoseException broken) {
      throw new UnusableFileException(broken.rule());
    } catch (GeneralSecurityException unusable) {
      throw new UnusableFileException("key and certificate cannot be used for TLS");
    }
  }

  private static X509Certificate[] chain(byte[] pem) throws UnusableFileException {
    try {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      if (chain.length > 0) {
        return chain;
      }
    } catch (CertificateException malformed) {
      // as without any
    }
    throw new UnusableFileException("the file of the certificate has none in PEM");
  }

  private static boolean isOf(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    String name =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    Signature signature = Signature.getInstance(name);
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    return signature.verify(signed);
  }

  @Override
  public @Nullable String authorization() {
    return null;
  }

  @Override
  public String parameters() {
    return parameters;
  }

  @Override
  public Supplier<SSLContext> tls() {
    return tls;
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "ClientCertificate";
  }
}
