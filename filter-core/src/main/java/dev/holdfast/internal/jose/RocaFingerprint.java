package dev.holdfast.internal.jose;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * Recognises RSA moduli whose primes come from the flawed generator of CVE-2017-15361 ("ROCA").
 *
 * <p>That generator makes primes that are powers of 65537 modulo a product of the first primes, so
 * such a modulus is one too, modulo each of them. A sound modulus of 2048 bits passes for one with
 * a probability of about 2<sup>-27</sup>.
 */
final class RocaFingerprint {
  private static final int GENERATOR = 65537;

  /** The primes that divide the product for every key size of that generator. */
  private static final int[] PRIMES =
      IntStream.rangeClosed(3, 167)
          .filter(number -> BigInteger.valueOf(number).isProbablePrime(50))
          .toArray();

  private RocaFingerprint() {}

  static boolean matches(BigInteger modulus) {
    for (int prime : PRIMES) {
      if (!isPowerOfGenerator(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPowerOfGenerator(int residue, int prime) {
    int power = 1;
    do {
      if (power == residue) {
        return true;
      }
      power = (int) ((long) power * GENERATOR % prime);
    } while (power != 1);
    return false;
  }
}
