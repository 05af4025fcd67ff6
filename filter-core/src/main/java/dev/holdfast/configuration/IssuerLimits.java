package dev.holdfast.configuration;

import dev.holdfast.jwt.KeyLimits;
import java.time.Duration;

/**
 * What an issuer may cost, and how long its keys are believed.
 *
 * @param maxConcurrentCalls {@code tokens.issuers[].max-concurrent-calls}: how many calls to its
 *     introspection endpoint are under way at a time; as many callers again wait for a quarter of a
 *     second, then they are answered with 503. With keys: how many callers wait for a slow key set.
 *     It has to be well below the number of the container's threads
 * @param keyMaxAge {@code .key-max-age}: a key that the issuer has removed is believed for so long
 *     at most
 * @param keyMaxStale {@code .key-max-stale}: the same while the issuer cannot be reached
 */
public record IssuerLimits(int maxConcurrentCalls, Duration keyMaxAge, Duration keyMaxStale) {
  /** The documented defaults. */
  public static final IssuerLimits DEFAULTS =
      new IssuerLimits(50, Duration.ofMinutes(5), Duration.ofMinutes(15));

  KeyLimits ofKeys() {
    return new KeyLimits(keyMaxAge, keyMaxStale, maxConcurrentCalls);
  }
}
