package dev.holdfast.spring.boot.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.ClassUtils;

/**
 * A service connection of Boot's: a {@code RedisConnectionDetails} bean that is not made of the
 * properties, and that overrides all of them.
 */
public final class RedisConnectionDetails {
  private static final String TYPE =
      "org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails";

  private static final String OF_PROPERTIES = "PropertiesRedisConnectionDetails";

  private final org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails details;

  private RedisConnectionDetails(
      org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails details) {
    this.details = details;
  }

  /** The application's, or null when it has none, or those of its properties. */
  public static @Nullable RedisConnectionDetails of(BeanFactory beans) {
    return ClassUtils.isPresent(TYPE, RedisConnectionDetails.class.getClassLoader())
        ? Look.up(beans)
        : null;
  }

  /** Loaded only where the class that it names is there. */
  private static final class Look {
    static @Nullable RedisConnectionDetails up(BeanFactory beans) {
      org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails found =
          beans
              .getBeanProvider(
                  org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.class)
              .getIfAvailable();
      return found == null || found.getClass().getSimpleName().equals(OF_PROPERTIES)
          ? null
          : new RedisConnectionDetails(found);
    }
  }

  /** Where it is, as whom to speak and over which TLS; sentinels come before a cluster. */
  ApplicationRedis connection() {
    org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Sentinel sentinel =
        details.getSentinel();
    if (sentinel != null) {
      return new ApplicationRedis(
          uri(sentinel.getSslBundle())
              .sentinels(nodes(sentinel.getNodes()), sentinel.getDatabase(), sentinel.getMaster()),
          sentinel.getUsername(),
          sentinel.getPassword(),
          sentinel.getSslBundle());
    }
    org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Cluster cluster =
        details.getCluster();
    if (cluster != null) {
      return new ApplicationRedis(
          uri(cluster.getSslBundle()).cluster(nodes(cluster.getNodes())),
          null,
          null,
          cluster.getSslBundle());
    }
    org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Standalone server =
        details.getStandalone();
    if (server == null) {
      throw RedisUri.notTakenOver(
          "the bean of type RedisConnectionDetails, which names neither a server nor sentinels"
              + " nor a cluster");
    }
    return new ApplicationRedis(
        uri(server.getSslBundle()).server(server.getHost(), server.getPort(), server.getDatabase()),
        null,
        null,
        server.getSslBundle());
  }

  private RedisUri uri(@Nullable SslBundle bundle) {
    return new RedisUri(bundle != null, details.getUsername(), details.getPassword());
  }

  private static List<String> nodes(
      List<org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Node> nodes) {
    return nodes.stream().map(node -> RedisUri.server(node.host(), node.port())).toList();
  }
}
