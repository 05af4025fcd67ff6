package dev.holdfast.spring.boot.redis;

import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Where Redis is: {@code holdfast.redis.uri}, or else the application's own connection, a single
 * server's. What cannot be taken over from it stops the start: a connection that is half the
 * application's might be one without TLS, or one to another server.
 */
public final class BootRedis {
  private static final String PREFIX = "spring.data.redis.";

  /** What names several servers, or says something of the connection that Holdfast cannot do. */
  private static final List<String> NOT_TAKEN_OVER =
      List.of("sentinel", "cluster", "masterreplica", "client-name", "timeout", "connect-timeout");

  private final Environment environment;
  private final @Nullable RedisConnectionDetails details;

  /**
   * Reads the application's settings.
   *
   * @param details what a service connection says; null: the properties hold
   */
  public BootRedis(Environment environment, @Nullable RedisConnectionDetails details) {
    this.environment = environment;
    this.details = details;
  }

  public HoldfastSettings applyTo(HoldfastSettings settings) {
    return settings.withRedis(settings(settings));
  }

  public RedisSettings settings(HoldfastSettings settings) {
    RedisSettings redis = settings.redis();
    return redis.uri() == null && settings.usesRedis() ? redis.withUri(ofApplication()) : redis;
  }

  /** Null when nothing says where it is. */
  private @Nullable String ofApplication() {
    if (details != null) {
      return details.uri();
    }
    String url = text("url");
    String host = text("host");
    if (url == null && host == null) {
      return null;
    }
    for (String name : NOT_TAKEN_OVER) {
      if (isSet(name)) {
        throw RedisUri.notTakenOver(PREFIX + name);
      }
    }
    boolean tls = isTls();
    return url != null
        ? ofUrl(url, tls)
        : RedisUri.of(
            tls, text("username"), text("password"), String.valueOf(host), port(), database());
  }

  /** The property that says where Redis is, where it is the application's; or null. */
  public @Nullable String written(HoldfastSettings settings) {
    if (settings.redis().uri() != null || details != null) {
      return null;
    }
    String url = text("url") != null ? PREFIX + "url" : null;
    return url == null && text("host") != null ? PREFIX + "host" : url;
  }

  /** As Boot has it: a bundle switches TLS on, unless it is switched off. */
  private boolean isTls() {
    Boolean enabled = environment.getProperty(PREFIX + "ssl.enabled", Boolean.class);
    boolean hasBundle = text("ssl.bundle") != null;
    if (hasBundle && !Boolean.FALSE.equals(enabled)) {
      throw RedisUri.notTakenOver(PREFIX + "ssl.bundle");
    }
    return Boolean.TRUE.equals(enabled);
  }

  /** As Boot has it: TLS is spoken when either says so. */
  private static String ofUrl(String url, boolean tls) {
    String plain = "redis://";
    return tls && url.toLowerCase(Locale.ROOT).startsWith(plain)
        ? "rediss://" + url.substring(plain.length())
        : url;
  }

  private int port() {
    return environment.getProperty(PREFIX + "port", Integer.class, 6379);
  }

  private int database() {
    return environment.getProperty(PREFIX + "database", Integer.class, 0);
  }

  /** In any spelling, the value itself or anything below it. */
  private boolean isSet(String name) {
    Binder binder = Binder.get(environment);
    return text(name) != null
        || binder.bind(PREFIX + name, Bindable.mapOf(String.class, Object.class)).isBound();
  }

  private @Nullable String text(String name) {
    return Binder.get(environment)
        .bind(PREFIX + name, String.class)
        .map(value -> StringUtils.hasText(value) ? value : null)
        .orElse(null);
  }
}
