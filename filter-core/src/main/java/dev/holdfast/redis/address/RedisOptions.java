package dev.holdfast.redis.address;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to speak to Redis, beside where it is.
 *
 * @param tls over which TLS, where the address says that it is spoken
 * @param deadline for how long a request waits at most, from 1 ms to 10 s
 * @param connectLimit for a connection to be made and greeted, from 1 ms to a minute
 * @param clientName what {@code CLIENT LIST} shows; null for nothing
 */
public record RedisOptions(
    RedisTls tls, Duration deadline, Duration connectLimit, @Nullable String clientName) {

  /** Half a second for a request, five for a connection. */
  public static final RedisOptions DEFAULTS =
      new RedisOptions(RedisTls.DEFAULTS, Duration.ofMillis(500), Duration.ofSeconds(5), null);

  /**
   * Holds the bounds.
   *
   * @throws IllegalArgumentException beyond them
   */
  public RedisOptions {
    check("a deadline", deadline, Duration.ofSeconds(10));
    check("a limit for connections", connectLimit, Duration.ofMinutes(1));
  }

  private static void check(String what, Duration value, Duration most) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " is from 1 ms to " + most.toSeconds() + " s");
    }
  }

  /** The same over this TLS. */
  public RedisOptions withTls(RedisTls other) {
    return new RedisOptions(other, deadline, connectLimit, clientName);
  }

  /** The same with another deadline. */
  public RedisOptions withDeadline(Duration other) {
    return new RedisOptions(tls, other, connectLimit, clientName);
  }

  /** The same with another limit for connections. */
  public RedisOptions withConnectLimit(Duration other) {
    return new RedisOptions(tls, deadline, other, clientName);
  }

  /** The same under this name. */
  public RedisOptions withClientName(@Nullable String other) {
    return new RedisOptions(tls, deadline, connectLimit, other);
  }
}
