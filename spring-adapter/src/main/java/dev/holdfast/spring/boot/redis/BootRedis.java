package dev.holdfast.spring.boot.redis;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Where Redis is: {@code holdfast.redis.uri}, or else the application's own connection: one server,
 * sentinels or a cluster. What cannot be taken over from it stops the start: a connection that is
 * half the application's might be one without TLS, or one to another server.
 */
public final class BootRedis {
  private final RedisProperties properties;
  private final @Nullable RedisConnectionDetails details;
  private final BeanFactory beans;

  /**
   * Reads the application's settings.
   *
   * @param beans where a service connection, which overrides the properties, is looked for
   */
  public BootRedis(Environment environment, ObjectProvider<SslBundles> bundles, BeanFactory beans) {
    this.properties = new RedisProperties(environment, bundles);
    this.details = RedisConnectionDetails.of(beans);
    this.beans = beans;
  }

  public HoldfastSettings applyTo(HoldfastSettings settings) {
    return settings.withRedis(settings(settings));
  }

  public RedisSettings settings(HoldfastSettings settings) {
    RedisSettings redis = settings.redis();
    if (redis.uri() != null || !settings.usesRedis()) {
      return redis;
    }
    ApplicationRedis own = details == null ? properties.connection() : details.connection();
    if (own == null) {
      return redis;
    }
    String ours = redis.anySettingOfConnection();
    if (ours != null) {
      throw new InvalidSettingException(
          "holdfast.redis." + ours,
          "it belongs to " + RedisUri.OURS + ", which is missing",
          "Write that too, or remove it: the application's own connection is taken as it is");
    }
    OwnConnectionBeans.refuse(beans);
    return redis
        .withUri(own.uri())
        .withSentinelLogin(own.sentinelUsername(), own.sentinelPassword())
        .withApplication(properties.options(own.bundle()));
  }

  /** The property that says where Redis is, where it is the application's; or null. */
  public @Nullable String written(HoldfastSettings settings) {
    return settings.redis().uri() != null || details != null ? null : properties.whereItIs();
  }
}
