package dev.holdfast.redis.address;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and as whom to speak to it: one server, the nodes of a cluster, or the sentinels
 * that know which server is the primary.
 *
 * <p>{@link #toString} has neither users nor passwords.
 */
public final class RedisAddress {
  private final List<RedisServer> servers;
  private final @Nullable String primaryName;
  private final int database;
  private final boolean tls;
  private final @Nullable RedisLogin login;
  private final @Nullable RedisLogin sentinelLogin;

  private RedisAddress(
      List<RedisServer> servers,
      @Nullable String primaryName,
      int database,
      boolean tls,
      @Nullable RedisLogin login,
      @Nullable RedisLogin sentinelLogin) {
    if (servers.isEmpty() || database < 0) {
      throw new IllegalArgumentException("an address of Redis has a host and a database");
    }
    if (servers.size() > 1 && primaryName == null && database > 0) {
      throw new IllegalArgumentException("a cluster has the database 0 and no other");
    }
    if (sentinelLogin != null && primaryName == null) {
      throw new IllegalArgumentException("there is a login for sentinels, and no sentinel");
    }
    this.servers = List.copyOf(servers);
    this.primaryName = primaryName;
    this.database = database;
    this.tls = tls;
    this.login = login;
    this.sentinelLogin = sentinelLogin;
  }

  /**
   * Reads one of these. User and password are percent-encoded, and are those of the servers that
   * keep data.
   *
   * <ul>
   *   <li>{@code redis://[[user]:password@]host[:port][/database]}, port 6379 where none is given;
   *   <li>{@code redis://[[user]:password@]host1[:port1],host2[:port2]}: nodes of a cluster;
   *   <li>{@code redis-sentinel://[[user]:password@]host1[:port1],host2[:port2][/database]#name}:
   *       all sentinels, port 26379 where none is given, and the name under which they know the
   *       primary.
   * </ul>
   *
   * <p>{@code rediss://} and {@code rediss-sentinel://} are the same over TLS.
   *
   * @throws IllegalArgumentException when it is none; the text does not repeat it
   */
  public static RedisAddress of(String uri) {
    RedisUri read = RedisUri.read(uri);
    return new RedisAddress(
        read.servers(), read.primaryName(), read.database(), read.tls(), read.login(), null);
  }

  /** The same, with a login for the sentinels, which have none otherwise. */
  public RedisAddress withSentinelLogin(@Nullable String user, String password) {
    return new RedisAddress(
        servers, primaryName, database, tls, login, new RedisLogin(user, password));
  }

  /** The one server; the nodes of a cluster of which the others are learned; or all sentinels. */
  public List<RedisServer> servers() {
    return servers;
  }

  /** Under which name the sentinels know the primary; null when the servers are no sentinels. */
  public @Nullable String primaryName() {
    return primaryName;
  }

  /** Whether several servers are named that keep data. */
  public boolean namesCluster() {
    return primaryName == null && servers.size() > 1;
  }

  /** Whether TLS is spoken. */
  public boolean tls() {
    return tls;
  }

  /** The number of the database. */
  public int database() {
    return database;
  }

  /** Who speaks to the servers that keep data; null for nobody in particular. */
  public @Nullable RedisLogin login() {
    return login;
  }

  /** Who speaks to the sentinels; null for nobody in particular. */
  public @Nullable RedisLogin sentinelLogin() {
    return sentinelLogin;
  }

  @Override
  public String toString() {
    String scheme = (tls ? "rediss" : "redis") + (primaryName == null ? "" : "-sentinel");
    String hosts = servers.stream().map(RedisServer::toString).collect(Collectors.joining(","));
    String path = namesCluster() ? "" : "/" + database;
    return scheme + "://" + hosts + path + Objects.requireNonNullElse(fragment(), "");
  }

  private @Nullable String fragment() {
    return primaryName == null ? null : '#' + primaryName;
  }
}
