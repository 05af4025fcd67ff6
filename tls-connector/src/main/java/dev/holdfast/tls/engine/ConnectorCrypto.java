package dev.holdfast.tls.engine;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Locale;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.tls.crypto.Tls13Verifier;
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
final class ConnectorCrypto extends JcaTlsCrypto {

  ConnectorCrypto(SecureRandom random) {
    super(new DefaultJcaJceHelper(), random, random);
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
    return super.createTls13Verifier(standardName(algorithm), parameter, key);
  }
}
