package dev.holdfast.spring.boot.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.util.ClassUtils;

/**
 * A service connection of Boot's: a {@code DataRedisConnectionDetails} bean that is not made of the
 * properties, and that overrides all of them.
 */
public final class RedisConnectionDetails {
  private static final String TYPE =
      "org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails";

  private static final String OF_PROPERTIES = "PropertiesDataRedisConnectionDetails";

  private final DataRedisConnectionDetails details;

  private RedisConnectionDetails(DataRedisConnectionDetails details) {
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
      DataRedisConnectionDetails found =
          beans.getBeanProvider(DataRedisConnectionDetails.class).getIfAvailable();
      return found == null || found.getClass().getSimpleName().equals(OF_PROPERTIES)
          ? null
          : new RedisConnectionDetails(found);
    }
  }

  /** Where the one server is, without TLS, since its bundle cannot be taken over. */
  String uri() {
    DataRedisConnectionDetails.Standalone server = details.getStandalone();
    if (server == null || details.getSslBundle() != null) {
      throw RedisUri.notTakenOver(
          "the bean of type DataRedisConnectionDetails, which names "
              + (server == null ? "no single server" : "an SSL bundle"));
    }
    return RedisUri.of(
        false,
        details.getUsername(),
        details.getPassword(),
        server.getHost(),
        server.getPort(),
        server.getDatabase());
  }
}
