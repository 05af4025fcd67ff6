package dev.holdfast.dpop;

import dev.holdfast.internal.jose.RsaKeyRules;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.time.Duration;
import java.util.List;

/**
 * What a proof may be.
 *
 * @param algorithms allowed values of {@code alg}, asymmetric ones, in the order in which
 *     challenges name them; {@code EdDSA} allows {@code Ed25519} as well
 * @param minRsaBits the shortest RSA modulus that is taken, at least 2048
 * @param proofLifetime how old a proof may be, in whole seconds
 * @param clockSkew by how much the caller's clock may differ, either way, in whole seconds
 */
public record DpopRules(
    List<String> algorithms, int minRsaBits, Duration proofLifetime, Duration clockSkew) {
  /** What is allowed where nothing is configured. */
  public static final List<String> DEFAULT_ALGORITHMS = SigningAlgorithm.DEFAULTS;

  private static final Duration MAX_WINDOW = Duration.ofHours(1);

  /** The rules of a service where nothing is configured: a minute, and ten seconds of skew. */
  public static final DpopRules DEFAULTS =
      new DpopRules(
          DEFAULT_ALGORITHMS, RsaKeyRules.MIN_BITS, Duration.ofSeconds(60), Duration.ofSeconds(10));

  /** Refuses what cannot be sound. */
  public DpopRules {
    algorithms = List.copyOf(algorithms);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException("at least one algorithm is needed");
    }
    for (String name : algorithms) {
      if (SigningAlgorithm.named(name) == null) {
        throw new IllegalArgumentException("not an asymmetric signature algorithm: " + name);
      }
    }
    if (minRsaBits < RsaKeyRules.MIN_BITS || minRsaBits > RsaKeyRules.MAX_BITS) {
      throw new IllegalArgumentException("an RSA key has 2048 to 8192 bits");
    }
    requireSeconds(proofLifetime, 1);
    requireSeconds(clockSkew, 0);
  }

  private static void requireSeconds(Duration duration, long least) {
    if (!duration.equals(Duration.ofSeconds(duration.toSeconds()))
        || duration.toSeconds() < least
        || duration.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("a window is whole seconds, and at most an hour");
    }
  }
}
