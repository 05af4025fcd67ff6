package dev.holdfast.tokenbinding;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/**
 * The curve P-256 (FIPS 186-4 section D.1.2.3). Its cofactor is 1: on the curve is in the group.
 */
final class P256 {
  /** The length of a coordinate and of a signature's number, in bytes. */
  static final int BYTES = 32;

  static final ECParameterSpec CURVE = curve();
  private static final BigInteger FIELD = ((ECFieldFp) CURVE.getCurve().getField()).getP();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no P-256", e);
    }
  }

  /** The unsigned big-endian number that begins at {@code offset}. */
  static BigInteger number(byte[] bytes, int offset) {
    return new BigInteger(1, bytes, offset, BYTES);
  }

  /** Whether both coordinates are below the field's prime and solve the curve's equation. */
  static boolean contains(ECPoint point) {
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (x.compareTo(FIELD) >= 0 || y.compareTo(FIELD) >= 0) {
      return false;
    }
    BigInteger right =
        x.multiply(x)
            .add(CURVE.getCurve().getA())
            .multiply(x)
            .add(CURVE.getCurve().getB())
            .mod(FIELD);
    return y.multiply(y).mod(FIELD).equals(right);
  }

  /** Whether it is from 1 to the group's order less 1, as r and s have to be. */
  static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(CURVE.getOrder()) < 0;
  }
}
