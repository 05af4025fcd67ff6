package dev.holdfast.cache;

import java.time.Duration;

/**
 * How much is remembered, and for how long. No entry outlives its token's {@code exp}.
 *
 * @param ttl how old a good answer may get; zero turns the whole cache off
 * @param maxEntries how many good answers are kept, at least one
 * @param negativeTtl how old an issuer's "no" may get; zero remembers none
 * @param negativeMaxEntries how many of those are kept, at least one
 */
public record CacheLimits(
    Duration ttl, long maxEntries, Duration negativeTtl, long negativeMaxEntries) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Refuses times below zero or beyond a day, and a cache without room. */
  public CacheLimits {
    requireTime("ttl", ttl);
    requireTime("negative-ttl", negativeTtl);
    if (maxEntries < 1 || negativeMaxEntries < 1) {
      throw new IllegalArgumentException(
          "a cache has room for one entry at least; a ttl of zero turns it off");
    }
  }

  private static void requireTime(String name, Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the cache's " + name + " lies between zero and a day");
    }
  }
}
