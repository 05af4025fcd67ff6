package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Connects to a Redis that keeps a cache. No class of Lettuce is loaded before. */
public final class RedisCache {
  private RedisCache() {}

  /**
   * Entries in this Redis; nothing is connected yet, and it is not waited for.
   *
   * @param keyPrefix what all keys begin with
   * @throws LettuceMissingException when Lettuce is not on the class path
   */
  public static RedisEntries connect(
      RedisAddress address, RedisOptions options, String keyPrefix, Clock clock) {
    return connect(address, options, keyPrefix, clock, RedisCache.class.getClassLoader());
  }

  static RedisEntries connect(
      RedisAddress address,
      RedisOptions options,
      String keyPrefix,
      Clock clock,
      @Nullable ClassLoader loader) {
    try {
      Class.forName("io.lettuce.core.RedisClient", false, loader);
    } catch (ClassNotFoundException e) {
      throw new LettuceMissingException(e);
    }
    return LettuceEntries.open(address, options, keyPrefix, clock);
  }
}
