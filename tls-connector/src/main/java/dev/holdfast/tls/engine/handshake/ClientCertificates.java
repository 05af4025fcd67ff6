package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ServerSignatureScheme;
import dev.holdfast.tls.engine.handshake.EngineParameters.ClientCertificateRequest;
import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.util.Vector;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/** Asks for the client's certificate and has the application's trust manager check it. */
final class ClientCertificates {
  /** What the names of all authorities together may take, of the 65,535 that fit. */
  private static final int MAX_AUTHORITIES_BYTES = 32_768;

  private static final short[] TYPES = {
    ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign
  };

  private final JcaTlsCrypto crypto;
  private final X509TrustManager trust;
  private final SSLEngine engine;

  ClientCertificates(JcaTlsCrypto crypto, X509TrustManager trust, SSLEngine engine) {
    this.crypto = crypto;
    this.trust = trust;
    this.engine = engine;
  }

  /** Null where nobody is asked. */
  @Nullable CertificateRequest request(ClientCertificateRequest wanted, boolean tls13)
      throws IOException {
    if (wanted == ClientCertificateRequest.NONE) {
      return null;
    }
    Vector<?> forHandshake = ServerSignatureScheme.accepted(tls13, false);
    return tls13
        ? new CertificateRequest(
            TlsUtils.EMPTY_BYTES,
            forHandshake,
            ServerSignatureScheme.accepted(true, true),
            authorities())
        : new CertificateRequest(TYPES.clone(), forHandshake, authorities());
  }

  /** None when there are too many: then a client offers what it has. */
  @SuppressWarnings("JdkObsolete") // Bouncy Castle takes a Vector
  private @Nullable Vector<X500Name> authorities() throws IOException {
    Vector<X500Name> names = new Vector<>();
    int bytes = 0;
    for (X509Certificate issuer : trust.getAcceptedIssuers()) {
      byte[] name = issuer.getSubjectX500Principal().getEncoded();
      bytes += 2 + name.length;
      names.add(X500Name.getInstance(name));
    }
    return names.isEmpty() || bytes > MAX_AUTHORITIES_BYTES ? null : names;
  }

  /**
   * The chain, which the trust manager takes; null where the client sent none and needs none.
   *
   * @throws TlsFatalAlert which says why not
   */
  X509Certificate @Nullable [] check(
      @Nullable Certificate sent, ClientCertificateRequest wanted, boolean tls13)
      throws IOException {
    if (sent == null || sent.isEmpty()) {
      if (wanted == ClientCertificateRequest.NEED) {
        throw new TlsFatalAlert(
            tls13 ? AlertDescription.certificate_required : AlertDescription.handshake_failure,
            "the client sent no certificate");
      }
      return null;
    }
    X509Certificate[] chain = read(sent);
    String kind = chain[0].getPublicKey().getAlgorithm();
    try {
      if (trust instanceof X509ExtendedTrustManager extended) {
        extended.checkClientTrusted(chain.clone(), kind, engine);
      } else {
        trust.checkClientTrusted(chain.clone(), kind);
      }
    } catch (CertificateException untrusted) {
      throw new TlsFatalAlert(alert(untrusted), untrusted);
    }
    return chain;
  }

  /** With keys that can be read too. */
  private X509Certificate[] read(Certificate sent) throws TlsFatalAlert {
    X509Certificate[] chain = new X509Certificate[sent.getLength()];
    try {
      for (int i = 0; i < chain.length; i++) {
        chain[i] = JcaTlsCertificate.convert(crypto, sent.getCertificateAt(i)).getX509Certificate();
        chain[i].getPublicKey();
      }
    } catch (IOException | RuntimeException unreadable) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, unreadable);
    }
    return chain;
  }

  private static short alert(Throwable refused) {
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException) {
        return AlertDescription.certificate_expired;
      }
      if (cause instanceof CertificateRevokedException) {
        return AlertDescription.certificate_revoked;
      }
      if (cause instanceof CertPathValidatorException path
          && path.getReason() == CertPathValidatorException.BasicReason.EXPIRED) {
        return AlertDescription.certificate_expired;
      }
    }
    return AlertDescription.certificate_unknown;
  }
}
