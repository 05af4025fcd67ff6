package dev.holdfast.tokenbinding;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signature over type, key parameters and keying material holds (RFC 8471 section 3.3).
 * By the JVM's own providers; the lengths and ranges that some of them do not check are checked
 * here first.
 */
final class SignatureCheck {
  private static final int EC_BYTES = 2 * P256.BYTES;
  private static final int RSA_BYTES = 256;
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

  private SignatureCheck() {}

  /** The one length that a signature under these key parameters has. */
  static int bytesOf(KeyParameters parameters) {
    return parameters == KeyParameters.ECDSAP256 ? EC_BYTES : RSA_BYTES;
  }

  static boolean holds(int type, TokenBindingId id, byte[] signature, byte[] keyingMaterial) {
    KeyParameters parameters = id.knownKeyParameters();
    KeySpec key = id.key();
    if (parameters == null || key == null || signature.length != bytesOf(parameters)) {
      return false;
    }
    if (parameters == KeyParameters.ECDSAP256
        && !(P256.isScalar(P256.number(signature, 0))
            && P256.isScalar(P256.number(signature, P256.BYTES)))) {
      return false; // r and s of 0 were taken for good by some JDKs (CVE-2022-21449)
    }
    try {
      Signature check = initialised(parameters, key);
      if (check == null) {
        return false;
      }
      check.update((byte) type);
      check.update((byte) parameters.value());
      check.update(keyingMaterial);
      return check.verify(signature);
    } catch (SignatureException e) {
      return false; // a signature that cannot be computed with does not hold
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks a signature algorithm", e);
    }
  }

  /** Ready for the signed bytes, or null for a key that cannot be computed with. */
  private static @Nullable Signature initialised(KeyParameters parameters, KeySpec key)
      throws GeneralSecurityException {
    Signature check = Signature.getInstance(algorithm(parameters));
    if (parameters == KeyParameters.RSA2048_PSS) {
      check.setParameter(PSS);
    }
    try {
      check.initVerify(publicKey(parameters, key));
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      return null;
    }
    return check;
  }

  private static PublicKey publicKey(KeyParameters parameters, KeySpec key)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(parameters == KeyParameters.ECDSAP256 ? "EC" : "RSA")
        .generatePublic(key);
  }

  private static String algorithm(KeyParameters parameters) {
    return switch (parameters) {
      case RSA2048_PKCS1_5 -> "SHA256withRSA";
      case RSA2048_PSS -> "RSASSA-PSS";
      case ECDSAP256 -> "SHA256withECDSAinP1363Format";
    };
  }
}
