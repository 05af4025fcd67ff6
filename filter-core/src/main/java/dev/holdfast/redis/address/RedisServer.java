package dev.holdfast.redis.address;

/**
 * One server.
 *
 * @param host a name, or an address of IPv4 or IPv6, the latter without brackets
 * @param port its TCP port
 */
public record RedisServer(String host, int port) {
  /**
   * Refuses what is none.
   *
   * @throws IllegalArgumentException the text does not repeat it
   */
  public RedisServer {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("a server of Redis has a host, and a port to 65535");
    }
  }

  /** As in a URI. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
  }
}
