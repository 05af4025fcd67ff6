package dev.holdfast.spring;

import dev.holdfast.configuration.DpopSettings;
import dev.holdfast.configuration.RedisSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where Redis is: {@code holdfast.redis.uri}, or else the application's own connection settings
 * under {@code spring.data.redis}, a single server's.
 */
final class BootRedis {
  private static final String PREFIX = "spring.data.redis.";

  private final Environment environment;

  BootRedis(Environment environment) {
    this.environment = environment;
  }

  RedisSettings settings(HoldfastProperties properties) {
    String uri = SettingsMapping.text(properties.redis().uri());
    boolean isUsed = properties.dpop().replay().store() == DpopSettings.Store.REDIS;
    return new RedisSettings(uri == null && isUsed ? ofApplication() : uri);
  }

  /** Its URI, or its parts as one; null when nothing says where it is. */
  private @Nullable String ofApplication() {
    String url = text("url");
    String host = text("host");
    if (url != null || host == null) {
      return url;
    }
    String password = text("password");
    String user = text("username");
    boolean tls = environment.getProperty(PREFIX + "ssl.enabled", Boolean.class, false);
    return (tls ? "rediss://" : "redis://")
        + (password == null ? "" : encoded(user) + ':' + encoded(password) + '@')
        + (host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host)
        + ':'
        + environment.getProperty(PREFIX + "port", Integer.class, 6379)
        + '/'
        + environment.getProperty(PREFIX + "database", Integer.class, 0);
  }

  private @Nullable String text(String name) {
    return SettingsMapping.text(environment.getProperty(PREFIX + name));
  }

  private static String encoded(@Nullable String text) {
    return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
