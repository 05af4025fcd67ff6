package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import java.time.Duration;

/**
 * {@code tokens.cache}: how long a verification may be reused. No entry outlives its token's {@code
 * exp}.
 *
 * @param ttl how long a verification may be reused, never beyond the token's exp; 0 caches nothing
 * @param maxEntries at most so many tokens
 * @param negativeTtl how long a token stays refused that introspection calls inactive; 0 caches
 *     none
 * @param negativeMaxEntries at most so many of these
 * @param shared which of it all nodes share
 */
public record CacheSettings(
    @Setting(value = "1m", least = "0s", most = "1d") Duration ttl,
    @Setting(value = "100000", least = "1", most = "1000000000") long maxEntries,
    @Setting(value = "5s", least = "0s", most = "1d") Duration negativeTtl,
    @Setting(value = "10000", least = "1", most = "1000000000") long negativeMaxEntries,
    @Setting.Inline SharedCacheSettings shared) {

  /** A cache of this node alone. */
  public CacheSettings(
      Duration ttl, long maxEntries, Duration negativeTtl, long negativeMaxEntries) {
    this(ttl, maxEntries, negativeTtl, negativeMaxEntries, SharedCacheSettings.NONE);
  }

  /** The same, of which this is shared. */
  public CacheSettings with(SharedCacheSettings other) {
    return new CacheSettings(ttl, maxEntries, negativeTtl, negativeMaxEntries, other);
  }

  /** One minute, 100,000 entries; five seconds, 10,000 entries. */
  public static CacheSettings defaults() {
    return RecordReader.defaults(CacheSettings.class);
  }
}
