package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.Setting;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis}: the store that nodes share, Redis or Valkey.
 *
 * @param uri redis:// or rediss://, with the password if there is one; in Spring, default: the
 *     application's own connection
 */
public record RedisSettings(@Setting @Nullable String uri) {

  /** No shared store. */
  public static RedisSettings none() {
    return new RedisSettings(null);
  }

  /** Whether there is one; its URI may hold a password. */
  @Override
  public String toString() {
    return "RedisSettings[" + (uri == null ? "none" : "set") + "]";
  }
}
