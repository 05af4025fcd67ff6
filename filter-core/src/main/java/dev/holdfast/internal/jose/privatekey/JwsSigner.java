package dev.holdfast.internal.jose.privatekey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.internal.Base64Url;
import dev.holdfast.internal.jose.SignatureProviders;
import dev.holdfast.internal.jose.SigningAlgorithm;
import dev.holdfast.internal.jose.UnacceptableJoseException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** Signs with one private key by one algorithm. Safe for use by many threads. */
public final class JwsSigner {
  private final SigningAlgorithm algorithm;
  private final SignatureProviders providers;
  private final PrivateKey key;

  private JwsSigner(SigningAlgorithm algorithm, SignatureProviders providers, PrivateKey key) {
    this.algorithm = algorithm;
    this.providers = providers;
    this.key = key;
  }

  /**
   * A signer by the fastest provider that takes the key.
   *
   * @throws UnacceptableJoseException when the key is not for that algorithm, or cannot be used
   */
  public static JwsSigner of(OwnKey own, SigningAlgorithm algorithm, SignatureProviders providers)
      throws UnacceptableJoseException {
    UnacceptableJoseException.require(
        own.signingAlgorithms().contains(algorithm), "the key is not one for " + algorithm.text());
    try {
      PrivateKey key =
          providers
              .keyFactory(algorithm)
              .generatePrivate(new PKCS8EncodedKeySpec(own.key().getEncoded()));
      JwsSigner signer = new JwsSigner(algorithm, providers, key);
      signer.signature(new byte[1]); // what cannot sign is found now, not later
      return signer;
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new UnacceptableJoseException("the key cannot be used for " + algorithm.text());
    }
  }

  /** {@code alg}. */
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * The compact serialisation (RFC 7515 section 3.1).
   *
   * @param header in base64url
   */
  public String sign(String header, byte[] payload) {
    String signed = header + '.' + Base64Url.encode(payload);
    try {
      return signed + '.' + Base64Url.encode(signature(signed.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider took this key before", e);
    }
  }

  private byte[] signature(byte[] signed) throws GeneralSecurityException {
    Signature signature = providers.signature(algorithm);
    signature.initSign(key);
    signature.update(signed);
    return signature.sign();
  }

  /** The algorithm and nothing of the key. */
  @Override
  public String toString() {
    return "JwsSigner[" + algorithm.text() + "]";
  }
}
