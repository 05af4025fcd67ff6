package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;

/** Refuses a store that is needed and not there, and one that nobody uses. */
public final class RedisChecks {
  private static final String USE_IT =
      "Set " + HoldfastSettings.USERS_OF_REDIS + " to redis, or remove it";

  private RedisChecks() {}

  public static void check(HoldfastSettings settings) {
    RedisSettings redis = settings.redis();
    SharedCacheSettings cache = settings.tokens().cache().shared();
    String user = settings.userOfRedis();
    if (user != null && redis.uri() == null) {
      throw new InvalidSettingException(
          "holdfast.redis.uri",
          user + "=redis is set, and it is missing",
          "Write where Redis or Valkey is, such as rediss://user:password@redis.internal:6380; for"
              + " sentinels rediss-sentinel://user:password@one,two,three#mymaster");
    }
    if (user == null && redis.uri() != null) {
      throw new InvalidSettingException("holdfast.redis.uri", "nothing is stored there", USE_IT);
    }
    if (user != null || cache.isUsed()) {
      return;
    }
    String needless = redis.anySettingOfConnection();
    if (needless != null) {
      throw new InvalidSettingException(
          "holdfast.redis." + needless, "nothing is stored in Redis", USE_IT);
    }
    if (redis.namesPrefix()) {
      throw new InvalidSettingException(
          "holdfast.redis.prefix",
          "it is " + redis.prefix() + ", and nothing is stored in Redis",
          USE_IT);
    }
  }
}
