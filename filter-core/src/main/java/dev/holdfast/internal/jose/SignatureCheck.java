package dev.holdfast.internal.jose;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;

/**
 * Checks signatures of one algorithm with one key. Safe for use by many threads; made once for each
 * key, not for each signature.
 */
public final class SignatureCheck {
  /** Bouncy Castle's points keep what they have computed for a check, for the next one. */
  private static final int KILOBYTES_WITH_MULTIPLES = 6;

  private final SigningAlgorithm algorithm;
  private final SignatureProviders providers;
  private final PublicKey key;
  private final int signatureLength;
  private final int kilobytes;

  private SignatureCheck(SigningAlgorithm algorithm, SignatureProviders providers, PublicKey key) {
    this.algorithm = algorithm;
    this.providers = providers;
    this.key = key;
    this.signatureLength =
        key instanceof RSAPublicKey rsa
            ? (rsa.getModulus().bitLength() + 7) / 8
            : algorithm.signatureLength();
    boolean keepsMultiples =
        algorithm.curve() != null && key.getClass().getName().startsWith("org.bouncycastle.");
    this.kilobytes = keepsMultiples ? KILOBYTES_WITH_MULTIPLES : 1;
  }

  /**
   * A check with a key that is known to be sound.
   *
   * @throws InvalidKeySpecException when the provider cannot make a key of it
   */
  public static SignatureCheck of(
      SigningAlgorithm algorithm, KeySpec key, SignatureProviders providers)
      throws InvalidKeySpecException {
    try {
      PublicKey publicKey = providers.keyFactory(algorithm).generatePublic(key);
      providers.signature(algorithm).initVerify(publicKey); // decodes the point: now, not later
      return new SignatureCheck(algorithm, providers, publicKey);
    } catch (InvalidKeySpecException refused) {
      throw refused;
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new InvalidKeySpecException("the key cannot be used", refused);
    }
  }

  /**
   * Whether {@code signature} is one over {@code signed}. Its length, which not every provider
   * looks at, is compared before any arithmetic, and so is the range of an ECDSA signature.
   */
  public boolean holds(byte[] signed, byte[] signature) {
    return holds(signed, signed.length, signature);
  }

  /** The same over the first {@code signedLength} bytes of {@code text}. */
  public boolean holds(byte[] text, int signedLength, byte[] signature) {
    if (signature.length != signatureLength) {
      return false;
    }
    if (algorithm.curve() != null && !algorithm.curve().isInRange(signature)) {
      return false;
    }
    try {
      Signature check = providers.borrow(algorithm);
      check.initVerify(key);
      check.update(text, 0, signedLength);
      boolean holds = check.verify(signature);
      if (holds) {
        providers.giveBack(algorithm, check);
      }
      return holds;
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider took this key before", e);
    }
  }

  /** What the key takes on the heap once it is in use, with a text to find it by, about. */
  public int kilobytes() {
    return kilobytes;
  }

  /** The algorithm and nothing of the key. */
  @Override
  public String toString() {
    return "SignatureCheck[" + algorithm.text() + "]";
  }
}
