package dev.holdfast.spring.boot.redis;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * The application's own connection to Redis, as far as it says where that is and as whom to speak.
 *
 * @param uri as for {@code holdfast.redis.uri}
 * @param sentinelUsername who speaks to the sentinels; null for nobody in particular
 * @param sentinelPassword their password; null for none
 * @param bundle over which TLS; null for the JVM's own, where the URI says TLS
 */
record ApplicationRedis(
    String uri,
    @Nullable String sentinelUsername,
    @Nullable String sentinelPassword,
    @Nullable SslBundle bundle) {}
