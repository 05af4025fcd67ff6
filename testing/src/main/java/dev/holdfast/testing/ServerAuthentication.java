package dev.holdfast.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** Checks the server's chain and name, and presents the client's certificate. */
final class ServerAuthentication implements TlsAuthentication {
  private static final SignatureAndHashAlgorithm ECDSA =
      SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256);

  private final TlsClientContext context;
  private final TokenBindingClient.Options options;
  private final String host;

  ServerAuthentication(TlsClientContext context, TokenBindingClient.Options options, String host) {
    this.context = context;
    this.options = options;
    this.host = host;
  }

  @Override
  public void notifyServerCertificate(TlsServerCertificate presented) throws IOException {
    Certificate sent = presented.getCertificate();
    X509Certificate[] chain = new X509Certificate[sent.getLength()];
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (int i = 0; i < chain.length; i++) {
        byte[] encoded = sent.getCertificateAt(i).getEncoded();
        chain[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
      }
      trust().checkServerTrusted(chain, "UNKNOWN");
      Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
      if (names == null || names.stream().noneMatch(name -> name.get(1).equals(host))) {
        throw new TlsFatalAlert(AlertDescription.bad_certificate, "another server's certificate");
      }
    } catch (GeneralSecurityException untrusted) {
      throw new TlsFatalAlert(AlertDescription.certificate_unknown, untrusted);
    }
  }

  private X509TrustManager trust() throws GeneralSecurityException {
    KeyStore trusted = KeyStores.ofTrusted(List.of(options.trusted()));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  @Override
  public @Nullable TlsCredentials getClientCredentials(CertificateRequest request)
      throws IOException {
    Identity identity = options.identity();
    if (identity == null) {
      return null;
    }
    List<X509Certificate> chain = identity.chain();
    TlsCertificate[] list = new TlsCertificate[chain.size()];
    CertificateEntry[] entries = new CertificateEntry[list.length];
    try {
      for (int i = 0; i < list.length; i++) {
        list[i] = context.getCrypto().createCertificate(chain.get(i).getEncoded());
        entries[i] = new CertificateEntry(list[i], null);
      }
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        (JcaTlsCrypto) context.getCrypto(),
        identity.privateKey(),
        TlsUtils.isTLSv13(context) ? new Certificate(new byte[0], entries) : new Certificate(list),
        ECDSA);
  }
}
