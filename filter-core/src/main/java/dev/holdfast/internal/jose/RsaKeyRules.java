package dev.holdfast.internal.jose;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Which RSA public keys are sound. Looks at numbers only: no key takes more than microseconds. */
public final class RsaKeyRules {
  /** The smallest modulus that is ever sound, in bits (RFC 7518 section 3.3). */
  public static final int MIN_BITS = 2048;

  /** The longest modulus whose arithmetic is worth its time, in bits. */
  public static final int MAX_BITS = 8192;

  private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(3);
  private static final int MAX_EXPONENT_BITS = 32;

  private RsaKeyRules() {}

  /** The rule that the key breaks, without values, or null when it breaks none. */
  public static @Nullable String brokenRule(BigInteger modulus, BigInteger exponent, int minBits) {
    if (modulus.bitLength() < Math.max(minBits, MIN_BITS)) {
      return "its modulus is too short";
    }
    if (modulus.bitLength() > MAX_BITS) {
      return "its modulus is longer than 8192 bits";
    }
    if (!modulus.testBit(0)) {
      return "its modulus is even";
    }
    if (!exponent.testBit(0)) {
      return "its exponent is even";
    }
    if (exponent.compareTo(MIN_EXPONENT) < 0) {
      return "its exponent is below 3";
    }
    if (exponent.bitLength() > MAX_EXPONENT_BITS) {
      return "its exponent is above 2^32";
    }
    return RocaFingerprint.matches(modulus)
        ? "its primes come from a flawed generator (ROCA)"
        : null;
  }
}
