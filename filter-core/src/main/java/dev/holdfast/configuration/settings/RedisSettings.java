package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Setting;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis}: the store that nodes share, Redis or Valkey.
 *
 * @param uri redis:// or rediss://, with the password if there is one; in Spring, default: the
 *     application's own connection
 * @param prefix what the keys in the store begin with: the same for the nodes of one application;
 *     another one for a gateway than for the service behind it, because both take the same proof
 */
public record RedisSettings(@Setting @Nullable String uri, @Setting("holdfast") String prefix) {
  private static final String DEFAULT_PREFIX = "holdfast";
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** Refuses a prefix that is hard to write into the rules of Redis' access control. */
  public RedisSettings {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new InvalidSettingException(
          "holdfast.redis.prefix",
          "it is not made of 1 to 64 letters, digits, and . _ : -",
          "Write a name of this application, such as payments-gateway");
    }
  }

  /** A store whose keys begin with {@code holdfast}. */
  public RedisSettings(@Nullable String uri) {
    this(uri, DEFAULT_PREFIX);
  }

  /** No shared store. */
  public static RedisSettings none() {
    return new RedisSettings(null);
  }

  /** The same keys in the store at this URI. */
  public RedisSettings withUri(@Nullable String other) {
    return new RedisSettings(other, prefix);
  }

  /** Whether something else than the default is written. */
  public boolean namesPrefix() {
    return !prefix.equals(DEFAULT_PREFIX);
  }

  /** Whether there is one; its URI may hold a password. */
  @Override
  public String toString() {
    return "RedisSettings[" + (uri == null ? "none" : "set") + ", " + prefix + "]";
  }
}
