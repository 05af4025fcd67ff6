package dev.holdfast.spring.boot.redis;

import dev.holdfast.configuration.InvalidSettingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The application's own connection to Redis as a URI, which Holdfast's connection is made from. */
public final class RedisUri {
  public static final String OURS = "holdfast.redis.uri";

  private RedisUri() {}

  static InvalidSettingException notTakenOver(String setting) {
    return new InvalidSettingException(
        setting,
        "it is part of the application's own connection to Redis, and Holdfast's connection cannot"
            + " do the same",
        "Set " + OURS + " for Holdfast's own connection, such as rediss://user:password@host:6380");
  }

  static String of(
      boolean tls,
      @Nullable String user,
      @Nullable String password,
      String host,
      int port,
      int database) {
    return (tls ? "rediss://" : "redis://")
        + (password == null ? "" : encoded(user) + ':' + encoded(password) + '@')
        + (host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host)
        + ':'
        + port
        + '/'
        + database;
  }

  private static String encoded(@Nullable String text) {
    return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
