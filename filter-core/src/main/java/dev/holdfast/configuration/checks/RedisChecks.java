package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;

/** Refuses a shared store that is not there, and settings of one that nobody uses. */
public final class RedisChecks {
  private static final String USE_OR_REMOVE =
      "Set " + HoldfastSettings.usesOfRedis() + ", or remove it";

  private RedisChecks() {}

  public static void check(HoldfastSettings settings) {
    RedisSettings redis = settings.redis();
    if (settings.usesRedis()) {
      requireAddress(settings);
      return;
    }
    if (redis.uri() != null) {
      throw new InvalidSettingException(
          "holdfast.redis.uri", "nothing is stored there", USE_OR_REMOVE);
    }
    if (settings.tokens().cache().shared().isUsed()) {
      return; // in a Redis of its own, with the same settings of the connection
    }
    String needless = redis.anySettingOfConnection();
    if (needless != null) {
      throw new InvalidSettingException(
          "holdfast.redis." + needless, "nothing is stored in Redis", USE_OR_REMOVE);
    }
    if (redis.namesPrefix()) {
      throw new InvalidSettingException(
          "holdfast.redis.prefix",
          "it is " + redis.prefix() + ", and nothing is stored in Redis",
          USE_OR_REMOVE);
    }
  }

  private static void requireAddress(HoldfastSettings settings) {
    if (settings.redis().uri() != null) {
      return;
    }
    throw new InvalidSettingException(
        "holdfast.redis.uri",
        settings.useOfRedis() + " is set, and it is missing",
        "Write where Redis or Valkey is, such as rediss://user:password@redis.internal:6380; for"
            + " sentinels rediss-sentinel://user:password@one,two,three#mymaster");
  }
}
