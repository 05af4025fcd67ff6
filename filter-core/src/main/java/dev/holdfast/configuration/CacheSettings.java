package dev.holdfast.configuration;

import java.time.Duration;

/**
 * {@code tokens.cache}: how long a verification may be reused. No entry outlives its token's {@code
 * exp}.
 *
 * @param ttl {@code .ttl}; zero caches nothing
 * @param maxEntries {@code .max-entries}
 * @param negativeTtl {@code .negative-ttl}, for tokens that introspection calls inactive; zero
 *     caches none
 * @param negativeMaxEntries {@code .negative-max-entries}
 */
public record CacheSettings(
    Duration ttl, long maxEntries, Duration negativeTtl, long negativeMaxEntries) {

  /** One minute, 100,000 entries; five seconds, 10,000 entries. */
  public static CacheSettings defaults() {
    return new CacheSettings(Duration.ofMinutes(1), 100_000, Duration.ofSeconds(5), 10_000);
  }
}
