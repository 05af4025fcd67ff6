package dev.holdfast.redis.address;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an address as it is written. It is no URI of RFC 3986 as soon as it has several
 * hosts, and a host's name may have an underscore.
 */
record RedisUri(
    List<RedisServer> servers,
    @Nullable String primaryName,
    int database,
    boolean tls,
    @Nullable RedisLogin login) {
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  private static final Pattern ADDRESS =
      Pattern.compile("(rediss?)(-sentinel)?://([^/?#]*)([^?#]*)(?:#(.*))?");

  private static final Pattern LOGIN =
      Pattern.compile(
          "(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2}|[^\\x00-\\x7F\\p{Z}\\p{C}])+");

  private static final Pattern SERVER =
      Pattern.compile(
          "([A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9_.])?"
              + "|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?])(?::([0-9]{1,5}))?");

  private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,4}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

  static RedisUri read(String uri) {
    Matcher address = ADDRESS.matcher(lowerScheme(uri));
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "it does not begin with redis://, rediss://, redis-sentinel:// or rediss-sentinel://, or"
              + " it has a query");
    }
    boolean sentinel = address.group(2) != null;
    String authority = String.valueOf(address.group(3));
    int at = authority.indexOf('@');
    return new RedisUri(
        servers(authority.substring(at + 1), sentinel ? SENTINEL_PORT : PORT),
        primaryName(sentinel, address.group(5)),
        database(String.valueOf(address.group(4))),
        "rediss".equals(address.group(1)),
        at < 0 ? null : login(authority.substring(0, at)));
  }

  private static String lowerScheme(String uri) {
    int end = Math.max(0, uri.indexOf(':'));
    return uri.substring(0, end).toLowerCase(Locale.ROOT) + uri.substring(end);
  }

  private static List<RedisServer> servers(String text, int defaultPort) {
    List<RedisServer> servers = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      Matcher server = SERVER.matcher(one);
      if (!server.matches()) {
        throw new IllegalArgumentException(
            "there is no host, or one that cannot be read; several hosts are separated by commas,"
                + " and a special character in a password needs its %-form");
      }
      String host = String.valueOf(server.group(1));
      String port = server.group(2);
      servers.add(
          new RedisServer(
              host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
              port == null ? defaultPort : Integer.parseInt(port)));
    }
    return servers;
  }

  private static @Nullable String primaryName(boolean sentinel, @Nullable String fragment) {
    if (!sentinel && fragment != null) {
      throw new IllegalArgumentException("a name after # is for sentinels");
    }
    if (sentinel && (fragment == null || !NAME.matcher(fragment).matches())) {
      throw new IllegalArgumentException(
          "after the hosts of sentinels stands # and the name of the primary, such as #mymaster");
    }
    return fragment;
  }

  private static int database(String path) {
    if (!DATABASE.matcher(path).matches()) {
      throw new IllegalArgumentException("the path is not the number of a database");
    }
    return path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
  }

  private static RedisLogin login(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException("before the @ stands user:password, or :password");
    }
    if (!LOGIN.matcher(text).matches()) {
      throw new IllegalArgumentException("a special character in a login needs its %-form");
    }
    return new RedisLogin(
        colon == 0 ? null : decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
  }

  /** Percent-encoding alone: a plus sign stands for itself. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
