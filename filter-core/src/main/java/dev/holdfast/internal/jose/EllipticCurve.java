package dev.holdfast.internal.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The named curves of ECDSA in JOSE (RFC 7518 section 6.2.1.1). Their cofactor is one. */
public enum EllipticCurve {
  /** NIST P-256. */
  P_256("P-256", "secp256r1", 32),
  /** NIST P-384. */
  P_384("P-384", "secp384r1", 48),
  /** NIST P-521. */
  P_521("P-521", "secp521r1", 66);

  private final String text;
  private final int coordinateLength;

  @SuppressWarnings("ImmutableEnumChecker") // an ECParameterSpec has no setters
  private final ECParameterSpec parameters;

  @SuppressWarnings("ImmutableEnumChecker") // never written to
  private final byte[] order;

  EllipticCurve(String text, String standardName, int coordinateLength) {
    this.text = text;
    this.coordinateLength = coordinateLength;
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(standardName));
      this.parameters = named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + text, e);
    }
    byte[] n = parameters.getOrder().toByteArray();
    byte[] padded = new byte[coordinateLength];
    int length = Math.min(n.length, coordinateLength);
    System.arraycopy(n, n.length - length, padded, coordinateLength - length, length);
    this.order = padded;
  }

  /** The curve that {@code crv} names, or null. */
  public static @Nullable EllipticCurve named(String crv) {
    for (EllipticCurve curve : values()) {
      if (curve.text.equals(crv)) {
        return curve;
      }
    }
    return null;
  }

  /** The curve of these parameters, or null. */
  public static @Nullable EllipticCurve of(ECParameterSpec given) {
    for (EllipticCurve curve : values()) {
      ECParameterSpec own = curve.parameters;
      if (own.getCurve().equals(given.getCurve())
          && own.getGenerator().equals(given.getGenerator())
          && own.getOrder().equals(given.getOrder())) {
        return curve;
      }
    }
    return null;
  }

  /** The name in {@code crv}. */
  public String text() {
    return text;
  }

  /** The one length of a coordinate, in bytes. */
  public int coordinateLength() {
    return coordinateLength;
  }

  /**
   * The key at this point, or null when the point is not on the curve. The point at infinity has no
   * coordinates, and with a cofactor of one every other point has the full order.
   */
  public @Nullable ECPublicKeySpec keySpec(BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
    if (x.signum() < 0 || x.compareTo(p) >= 0 || y.signum() < 0 || y.compareTo(p) >= 0) {
      return null;
    }
    BigInteger a = parameters.getCurve().getA();
    BigInteger b = parameters.getCurve().getB();
    BigInteger right = x.multiply(x).add(a).multiply(x).add(b).mod(p);
    return y.multiply(y).mod(p).equals(right)
        ? new ECPublicKeySpec(new ECPoint(x, y), parameters)
        : null;
  }

  /**
   * Whether both halves of a signature of the right length are at least 1 and below the order (FIPS
   * 186-5 section 6.4.2). Not every provider that was ever released looks.
   */
  boolean isInRange(byte[] signature) {
    return isScalar(signature, 0) && isScalar(signature, coordinateLength);
  }

  private boolean isScalar(byte[] bytes, int from) {
    int to = from + coordinateLength;
    if (Arrays.compareUnsigned(bytes, from, to, order, 0, coordinateLength) >= 0) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return true;
      }
    }
    return false;
  }
}
