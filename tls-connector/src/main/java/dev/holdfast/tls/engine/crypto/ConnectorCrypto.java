package dev.holdfast.tls.engine.crypto;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Locale;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.TlsSecret;
import org.bouncycastle.tls.crypto.TlsStreamSigner;
import org.bouncycastle.tls.crypto.TlsStreamVerifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.jspecify.annotations.Nullable;

/**
 * The cryptography of the JVM's own providers, in their order; Bouncy Castle's needs not be among
 * them.
 *
 * <p>Bouncy Castle asks for RSA-PSS by names with a digest, which only its own provider knows. It
 * gives the digest as a parameter too, so that the standard's name does.
 */
public class ConnectorCrypto extends JcaTlsCrypto {

  public ConnectorCrypto(SecureRandom random) {
    super(new DefaultJcaJceHelper(), random, random);
  }

  /**
   * Straight from the source: Bouncy Castle would seed a generator of its own from it for each
   * connection, and take some tens of bytes of it.
   */
  @Override
  public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
    return size -> {
      byte[] nonce = new byte[size];
      getSecureRandom().nextBytes(nonce);
      return nonce;
    };
  }

  /** Of a session that is kept or resumed: Bouncy Castle makes all others by itself. */
  @Override
  public TlsSecret createSecret(byte[] data) {
    return new ResumedSecret(this, data.clone());
  }

  @Override
  public TlsECDomain createECDomain(TlsECConfig configuration) {
    TlsECDomain domain = super.createECDomain(configuration);
    return () -> new PeerAgreement(domain.createECDH());
  }

  private static String standardName(String algorithm) {
    return algorithm.toUpperCase(Locale.ROOT).endsWith("WITHRSAANDMGF1") ? "RSASSA-PSS" : algorithm;
  }

  @Override
  protected TlsStreamSigner createStreamSigner(
      JcaJceHelper helper,
      String algorithm,
      @Nullable AlgorithmParameterSpec parameter,
      PrivateKey key,
      @Nullable SecureRandom random)
      throws GeneralSecurityException {
    return super.createStreamSigner(helper, standardName(algorithm), parameter, key, random);
  }

  @Override
  protected TlsStreamVerifier createStreamVerifier(
      String algorithm, @Nullable AlgorithmParameterSpec parameter, byte[] signature, PublicKey key)
      throws IOException {
    return super.createStreamVerifier(standardName(algorithm), parameter, signature, key);
  }

  @Override
  protected Tls13Verifier createTls13Verifier(
      String algorithm, @Nullable AlgorithmParameterSpec parameter, PublicKey key)
      throws IOException {
    return new Verifier(super.createTls13Verifier(standardName(algorithm), parameter, key));
  }

  /** For which a signature that cannot be read is one that is wrong. */
  private record Verifier(Tls13Verifier verifier) implements Tls13Verifier {
    @Override
    public OutputStream getOutputStream() throws IOException {
      return verifier.getOutputStream();
    }

    @Override
    public boolean verifySignature(byte[] signature) {
      try {
        return verifier.verifySignature(signature);
      } catch (IOException unreadable) {
        return false;
      }
    }
  }
}
