package dev.holdfast.jwt.keys;

import java.time.Duration;

/**
 * How long an issuer's keys are used without a new look, and how many callers wait for one.
 *
 * @param maxAge from this age on, a request waits for the keys to be fetched again: a key that the
 *     issuer has removed is believed for so long at most while the issuer can be reached
 * @param maxStale while the issuer cannot be reached, the last keys are used up to this age
 * @param maxWaiting so many callers wait for a look for as long as it takes
 */
public record KeyLimits(Duration maxAge, Duration maxStale, int maxWaiting) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Five minutes, fifteen minutes, and fifty callers. */
  public static final KeyLimits DEFAULTS =
      new KeyLimits(Duration.ofMinutes(5), Duration.ofMinutes(15), 50);

  /** Refuses ages below a second or beyond a day, a max stale below the max age, and no places. */
  public KeyLimits {
    if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxStale.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "key-max-age and key-max-stale lie between a second and a day");
    }
    if (maxAge.compareTo(maxStale) > 0) {
      throw new IllegalArgumentException("key-max-stale is not below key-max-age");
    }
    if (maxWaiting < 1) {
      throw new IllegalArgumentException("max-concurrent-calls is positive");
    }
  }
}
