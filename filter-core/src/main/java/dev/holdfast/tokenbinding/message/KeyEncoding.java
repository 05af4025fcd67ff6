package dev.holdfast.tokenbinding.message;

import dev.holdfast.internal.jose.EllipticCurve;
import java.math.BigInteger;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;

/**
 * The TokenBindingPublicKey of known key parameters (RFC 8471 section 3.2). Every key has exactly
 * one encoding that is read; lengths are checked before anything is computed with.
 */
final class KeyEncoding {
  private static final int COORDINATE_BYTES = 32;
  private static final int POINT_BYTES = 2 * COORDINATE_BYTES;
  private static final int MODULUS_BYTES = 256;

  /** 64 bits: beyond any exponent in use, and an exponent's length is the verifier's work. */
  private static final int MAX_EXPONENT_BYTES = 8;

  private KeyEncoding() {}

  /** Reads the whole range. */
  static KeySpec read(KeyParameters parameters, ByteReader key)
      throws RefusedTokenBindingException {
    KeySpec spec = parameters == KeyParameters.ECDSAP256 ? point(key) : rsa(key);
    if (key.hasMore()) {
      throw new RefusedTokenBindingException("the key length is not that of the key");
    }
    return spec;
  }

  private static KeySpec point(ByteReader key) throws RefusedTokenBindingException {
    if (key.u8() != POINT_BYTES) {
      throw new RefusedTokenBindingException("a point has 64 bytes");
    }
    byte[] coordinates = key.take(POINT_BYTES);
    KeySpec point =
        EllipticCurve.P_256.keySpec(
            new BigInteger(1, coordinates, 0, COORDINATE_BYTES),
            new BigInteger(1, coordinates, COORDINATE_BYTES, COORDINATE_BYTES));
    if (point == null) {
      throw new RefusedTokenBindingException("the point is not on the curve");
    }
    return point;
  }

  private static KeySpec rsa(ByteReader key) throws RefusedTokenBindingException {
    if (key.u16() != MODULUS_BYTES) {
      throw new RefusedTokenBindingException("a modulus has 256 bytes");
    }
    byte[] modulus = key.take(MODULUS_BYTES);
    int exponentBytes = key.u8();
    if (exponentBytes < 1 || exponentBytes > MAX_EXPONENT_BYTES) {
      throw new RefusedTokenBindingException("an exponent has 1 to 8 bytes");
    }
    byte[] exponent = key.take(exponentBytes);
    if (modulus[0] >= 0) { // its highest bit: no leading zero byte, and 2048 bits, not fewer
      throw new RefusedTokenBindingException("a modulus has 2048 bits");
    }
    if ((modulus[MODULUS_BYTES - 1] & 1) == 0) {
      throw new RefusedTokenBindingException("a modulus is odd");
    }
    if (exponent[0] == 0) {
      throw new RefusedTokenBindingException("an exponent has no leading zero byte");
    }
    if ((exponent[exponentBytes - 1] & 1) == 0 || (exponentBytes == 1 && exponent[0] == 1)) {
      throw new RefusedTokenBindingException("an exponent is odd and at least 3");
    }
    return new RSAPublicKeySpec(new BigInteger(1, modulus), new BigInteger(1, exponent));
  }
}
