package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import java.time.Clock;

/** Connects to streams; no class of Lettuce is loaded before that. */
public final class RedisStreams {
  private RedisStreams() {}

  /**
   * Begins to connect, and does not wait for it.
   *
   * @throws LettuceMissingException when Lettuce is not on the class path
   */
  public static RedisStream connect(
      RedisAddress address, RedisOptions options, String key, Clock clock) {
    try {
      Class.forName("io.lettuce.core.RedisClient", false, RedisStreams.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new LettuceMissingException(e);
    }
    return LettuceStream.open(address, options, key, clock);
  }
}
