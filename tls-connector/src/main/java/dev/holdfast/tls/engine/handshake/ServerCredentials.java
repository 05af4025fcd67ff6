package dev.holdfast.tls.engine.handshake;

import dev.holdfast.tls.engine.crypto.ServerSignatureScheme;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The application's key manager chooses the certificate, once per handshake and kind of key; the
 * client's order of signature schemes decides between kinds.
 */
final class ServerCredentials {
  private static final Principal[] ANY_ISSUER = new Principal[0];

  private final JcaTlsCrypto crypto;
  private final X509KeyManager keys;
  private final SSLEngine engine;
  private final Map<String, Identity> asked = new HashMap<>();

  /** What a key manager has for a kind of key. */
  @SuppressWarnings("ArrayRecordComponent") // of immutable certificates, never compared
  private record Identity(@Nullable PrivateKey key, X509Certificate @Nullable [] chain) {
    static final Identity NONE = new Identity(null, null);
  }

  /** What was chosen. */
  @SuppressWarnings("ArrayRecordComponent") // of immutable certificates, never compared
  record Chosen(TlsCredentialedSigner signer, X509Certificate[] chain) {}

  ServerCredentials(JcaTlsCrypto crypto, X509KeyManager keys, SSLEngine engine) {
    this.crypto = crypto;
    this.keys = keys;
    this.engine = engine;
  }

  /**
   * A certificate with which a scheme can sign that the client takes.
   *
   * @param offered the client's schemes in its order, null when it named none
   * @param signature the kind of signature that a cipher suite of TLS 1.2 asks for, or -1
   * @return null when there is none
   */
  @Nullable Chosen choose(TlsContext context, @Nullable List<?> offered, short signature) {
    boolean tls13 = TlsUtils.isTLSv13(context);
    for (Object each : offered == null ? List.of() : offered) {
      ServerSignatureScheme scheme = ServerSignatureScheme.of((SignatureAndHashAlgorithm) each);
      if (scheme != null && scheme.isForHandshake(tls13) && scheme.goesWith(signature)) {
        Identity identity = asked.computeIfAbsent(scheme.keyType(), this::ask);
        PrivateKey key = identity.key();
        X509Certificate[] chain = identity.chain();
        if (key != null && chain != null && scheme.fits(key, chain[0].getPublicKey(), tls13)) {
          return new Chosen(signer(context, scheme, key, chain), chain);
        }
      }
    }
    return null;
  }

  private Identity ask(String keyType) {
    String alias =
        keys instanceof X509ExtendedKeyManager extended
            ? extended.chooseEngineServerAlias(keyType, ANY_ISSUER, engine)
            : keys.chooseServerAlias(keyType, ANY_ISSUER, (Socket) null);
    if (alias == null) {
      return Identity.NONE;
    }
    X509Certificate[] chain = keys.getCertificateChain(alias);
    return chain == null || chain.length == 0
        ? Identity.NONE
        : new Identity(keys.getPrivateKey(alias), chain.clone());
  }

  private TlsCredentialedSigner signer(
      TlsContext context, ServerSignatureScheme scheme, PrivateKey key, X509Certificate[] chain) {
    return new JcaDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        crypto,
        key,
        TlsUtils.isTLSv13(context) ? entries(chain) : list(chain),
        scheme.signatureAndHash());
  }

  private Certificate list(X509Certificate[] chain) {
    return new Certificate(certificates(chain));
  }

  private Certificate entries(X509Certificate[] chain) {
    TlsCertificate[] certificates = certificates(chain);
    CertificateEntry[] entries = new CertificateEntry[certificates.length];
    for (int i = 0; i < certificates.length; i++) {
      entries[i] = new CertificateEntry(certificates[i], null);
    }
    return new Certificate(TlsUtils.EMPTY_BYTES, entries);
  }

  /** The key manager's own objects, which keep their encoding. */
  private TlsCertificate[] certificates(X509Certificate[] chain) {
    TlsCertificate[] certificates = new TlsCertificate[chain.length];
    for (int i = 0; i < chain.length; i++) {
      certificates[i] = new JcaTlsCertificate(crypto, chain[i]);
    }
    return certificates;
  }
}
