package dev.holdfast.spring.boot.redis;

import dev.holdfast.configuration.InvalidSettingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The application's own connection to Redis as a URI, which Holdfast's connection is made from.
 *
 * @param tls whether TLS is spoken
 * @param user who speaks to the servers that keep data; null for Redis' default user
 * @param password null for none
 */
public record RedisUri(boolean tls, @Nullable String user, @Nullable String password) {
  public static final String OURS = "holdfast.redis.uri";

  static InvalidSettingException notTakenOver(String setting) {
    return notTakenOver(
        setting,
        "it is part of the application's own connection to Redis, and Holdfast's connection cannot"
            + " do the same");
  }

  static InvalidSettingException notTakenOver(String setting, String problem) {
    return new InvalidSettingException(
        setting,
        problem,
        "Set " + OURS + " for Holdfast's own connection, such as rediss://user:password@host:6380");
  }

  String server(String host, int port, int database) {
    return scheme("") + server(host, port) + '/' + database;
  }

  /**
   * Some nodes of a cluster.
   *
   * @param nodes as {@link #server} writes them
   */
  String cluster(List<String> nodes) {
    return scheme("") + String.join(",", nodes);
  }

  String sentinels(List<String> nodes, int database, String primaryName) {
    return scheme("-sentinel") + String.join(",", nodes) + '/' + database + '#' + primaryName;
  }

  static String server(String host, int port) {
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host) + ':' + port;
  }

  private String scheme(String kind) {
    return (tls ? "rediss" : "redis")
        + kind
        + "://"
        + (password == null || password.isEmpty()
            ? ""
            : encoded(user) + ':' + encoded(password) + '@');
  }

  private static String encoded(@Nullable String text) {
    return text == null ? "" : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
