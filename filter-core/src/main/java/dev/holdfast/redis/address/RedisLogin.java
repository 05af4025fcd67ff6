package dev.holdfast.redis.address;

import org.jspecify.annotations.Nullable;

/**
 * Who speaks to Redis.
 *
 * @param user null for Redis' user {@code default}
 * @param password never empty
 */
public record RedisLogin(@Nullable String user, String password) {
  /** Refuses an empty one. */
  public RedisLogin {
    if (password.isEmpty() || (user != null && user.isEmpty())) {
      throw new IllegalArgumentException("neither the user nor the password of a login is empty");
    }
  }

  /** No password. */
  @Override
  public String toString() {
    return "RedisLogin";
  }
}
