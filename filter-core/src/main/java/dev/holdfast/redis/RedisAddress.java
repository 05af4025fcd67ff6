package dev.holdfast.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and as whom to speak to it.
 *
 * <p>{@link #toString} has neither user nor password.
 */
public final class RedisAddress {
  private static final int DEFAULT_PORT = 6379;
  private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,4}");

  private final String host;
  private final int port;
  private final int database;
  private final @Nullable String user;
  private final @Nullable String password;
  private final boolean tls;

  private RedisAddress(
      String host,
      int port,
      int database,
      @Nullable String user,
      @Nullable String password,
      boolean tls) {
    if (host.isEmpty() || port < 1 || port > 65535 || database < 0) {
      throw new IllegalArgumentException("an address of Redis has a host, a port and a database");
    }
    if (user != null && password == null) {
      throw new IllegalArgumentException("a user of Redis needs a password");
    }
    this.host = host;
    this.port = port;
    this.database = database;
    this.user = user;
    this.password = password;
    this.tls = tls;
  }

  /**
   * Reads {@code redis://[[user]:password@]host[:port][/database]}, or {@code rediss://} for TLS.
   * User and password are percent-encoded; the port is 6379 where none is given.
   *
   * @throws IllegalArgumentException when it is none; the text does not repeat it
   */
  public static RedisAddress of(String uri) {
    URI parsed = parsed(uri);
    boolean tls = "rediss".equalsIgnoreCase(parsed.getScheme());
    if (!tls && !"redis".equalsIgnoreCase(parsed.getScheme())) {
      throw new IllegalArgumentException("the scheme is neither redis nor rediss");
    }
    if (parsed.getHost() == null || parsed.getRawQuery() != null || parsed.getFragment() != null) {
      throw new IllegalArgumentException("there is no host, or there is a query or a fragment");
    }
    if (!DATABASE.matcher(parsed.getRawPath()).matches()) {
      throw new IllegalArgumentException("the path is not the number of a database");
    }
    String path = parsed.getRawPath();
    int database = path.length() < 2 ? 0 : Integer.parseInt(path.substring(1));
    int port = parsed.getPort() == -1 ? DEFAULT_PORT : parsed.getPort();
    String login = parsed.getRawUserInfo();
    if (login == null) {
      return new RedisAddress(parsed.getHost(), port, database, null, null, tls);
    }
    int colon = login.indexOf(':');
    if (colon < 0 || colon == login.length() - 1) {
      throw new IllegalArgumentException("before the @ stands user:password, or :password");
    }
    String user = colon == 0 ? null : decoded(login.substring(0, colon));
    String password = decoded(login.substring(colon + 1));
    return new RedisAddress(parsed.getHost(), port, database, user, password, tls);
  }

  /**
   * An address whose parts are known, as they are, without percent-encoding.
   *
   * @throws IllegalArgumentException when one of them is impossible
   */
  public static RedisAddress of(
      String host,
      int port,
      int database,
      @Nullable String user,
      @Nullable String password,
      boolean tls) {
    return new RedisAddress(host, port, database, user, password, tls);
  }

  /** A name, or an address of IPv4 or IPv6, the latter in brackets where a URI was read. */
  public String host() {
    return host;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** Whether TLS is spoken. */
  public boolean tls() {
    return tls;
  }

  int database() {
    return database;
  }

  @Nullable String user() {
    return user;
  }

  @Nullable String password() {
    return password;
  }

  private static URI parsed(String uri) {
    try {
      return new URI(uri);
    } catch (URISyntaxException e) {
      // without the cause, whose text repeats the password
      throw new IllegalArgumentException("it is not a URI; a special character needs its %-form");
    }
  }

  /** Percent-encoding alone: a plus sign stands for itself. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
  }
}
