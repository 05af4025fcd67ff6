package dev.holdfast.spring.boot.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
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

  /** Where the one server is, without TLS, since its bundle cannot be taken over. */
  String uri() {
    org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Standalone server =
        details.getStandalone();
    if (server == null || server.getSslBundle() != null) {
      throw RedisUri.notTakenOver(
          "the bean of type RedisConnectionDetails, which names "
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
