package dev.holdfast.jwt;

import java.time.Duration;

/**
 * How long keys are used and how often they are asked for.
 *
 * @param refreshAhead from this age on, a request has the keys fetched again without waiting
 * @param lifetime from this age on, a request waits for the fetch: what the issuer has removed is
 *     gone by then
 * @param maxStale while the issuer is out of reach, the last keys are used up to this age
 * @param retryInterval between two attempts that age calls for
 * @param forcedInterval between two attempts that a token with an unknown key calls for
 */
record KeySetTiming(
    Duration refreshAhead,
    Duration lifetime,
    Duration maxStale,
    Duration retryInterval,
    Duration forcedInterval) {
  static final KeySetTiming DEFAULTS =
      new KeySetTiming(
          Duration.ofMinutes(4),
          Duration.ofMinutes(5),
          Duration.ofHours(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));

  KeySetTiming {
    if (refreshAhead.compareTo(lifetime) > 0 || lifetime.compareTo(maxStale) > 0) {
      throw new IllegalArgumentException("refresh ahead, lifetime and max stale are in this order");
    }
  }
}
