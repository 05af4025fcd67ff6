package dev.holdfast.internal.jose;

import java.math.BigInteger;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public keys of Ed25519 (RFC 8032 section 5.1.5, RFC 8410 section 4). */
public final class Ed25519Point {
  private static final int BYTES = 32;

  /** All that comes before the 32 bytes in a SubjectPublicKeyInfo. */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final BigInteger P =
      BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

  /**
   * The y coordinates of the eight points of small order. Under such a key a signature that anyone
   * can write down holds for many messages.
   */
  private static final Set<BigInteger> SMALL_ORDER =
      Set.of(
          BigInteger.ZERO,
          BigInteger.ONE,
          P.subtract(BigInteger.ONE),
          new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16),
          new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16));

  private Ed25519Point() {}

  /**
   * The key that these bytes encode, or null when they are not 32, not the one spelling of y, or a
   * point of small order. Whether the point is on the curve is for the key's decoder to say.
   */
  public static @Nullable X509EncodedKeySpec keySpec(byte[] point) {
    if (point.length != BYTES) {
      return null;
    }
    byte[] bigEndian = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bigEndian[i] = point[BYTES - 1 - i];
    }
    bigEndian[0] &= 0x7f; // the highest bit is the sign of x
    BigInteger y = new BigInteger(1, bigEndian);
    if (y.compareTo(P) >= 0 || SMALL_ORDER.contains(y)) {
      return null;
    }
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + BYTES);
    System.arraycopy(point, 0, encoded, PREFIX.length, BYTES);
    return new X509EncodedKeySpec(encoded);
  }
}
