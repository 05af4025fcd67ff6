package dev.holdfast.jwt.keys;

import java.time.Duration;

/**
 * How long keys are used and how often they are asked for.
 *
 * @param refreshAhead from this age on, a request has the keys fetched again without waiting
 * @param lifetime from this age on, a request waits for the fetch: what the issuer has removed is
 *     gone by then
 * @param maxStale while the issuer is out of reach, the last keys are used up to this age
 * @param retryInterval between two attempts that age calls for
 * @param forcedInterval between two attempts that a token with an unknown key calls for; a token
 *     that comes between them waits for the next one, so that this is short
 */
public record KeySetTiming(
    Duration refreshAhead,
    Duration lifetime,
    Duration maxStale,
    Duration retryInterval,
    Duration forcedInterval) {
  public static final KeySetTiming DEFAULTS = of(KeyLimits.DEFAULTS);

  /** The keys are fetched anew ahead of their age, by a fifth of it. */
  public static KeySetTiming of(KeyLimits limits) {
    return new KeySetTiming(
        limits.maxAge().multipliedBy(4).dividedBy(5),
        limits.maxAge(),
        limits.maxStale(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1));
  }

  public KeySetTiming {
    if (refreshAhead.compareTo(lifetime) > 0 || lifetime.compareTo(maxStale) > 0) {
      throw new IllegalArgumentException("refresh ahead, lifetime and max stale are in this order");
    }
  }
}
