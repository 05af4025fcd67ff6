package dev.holdfast.configuration.assembly;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.PemFiles;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.address.RedisTls;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Where Redis is and how to speak to it, from the settings. */
final class RedisAssembly {
  private static final String REDIS = "holdfast.redis.";

  private RedisAssembly() {}

  /**
   * Where it is.
   *
   * @throws InvalidSettingException when that cannot be read
   */
  static RedisAddress address(RedisSettings settings) {
    return address(settings, REDIS + "uri");
  }

  /**
   * Where the cache's own Redis is. What stands beside {@code redis.uri} counts for it too, as far
   * as its address has use for that.
   */
  static RedisAddress addressOfCache(RedisSettings settings, String uri) {
    String setting = "holdfast.tokens.cache.redis-uri";
    RedisSettings own = settings.withUri(uri);
    if (settings.uri() == null) {
      return address(own, setting);
    }
    RedisAddress address = address(own.withSentinelLogin(null, null), setting);
    String password = settings.sentinelPassword();
    return password == null || address.primaryName() == null
        ? address
        : address.withSentinelLogin(settings.sentinelUsername(), password);
  }

  /** How to speak to that. */
  static RedisOptions optionsOfCache(RedisSettings settings, RedisAddress address) {
    return address.tls() || settings.uri() == null
        ? options(settings.withApplication(null), address)
        : RedisOptions.DEFAULTS;
  }

  private static RedisAddress address(RedisSettings settings, String setting) {
    RedisAddress address;
    try {
      address = RedisAddress.of(String.valueOf(settings.uri()));
    } catch (IllegalArgumentException unreadable) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              setting, String.valueOf(unreadable.getMessage()), "Correct or remove that value");
      invalid.initCause(unreadable);
      throw invalid;
    }
    String password = settings.sentinelPassword();
    if (password == null && settings.sentinelUsername() == null) {
      return address;
    }
    if (password == null) {
      throw new InvalidSettingException(
          REDIS + "sentinel-username",
          "there is no password for it",
          "Write holdfast.redis.sentinel-password too, or remove it");
    }
    if (address.primaryName() == null) {
      throw new InvalidSettingException(
          REDIS + "sentinel-password",
          "the address of Redis names no sentinels",
          "Remove it, or write redis-sentinel:// or rediss-sentinel://");
    }
    return address.withSentinelLogin(settings.sentinelUsername(), password);
  }

  /**
   * How to speak to it.
   *
   * @throws InvalidSettingException when the files of TLS cannot be used, or nobody speaks TLS
   */
  static RedisOptions options(RedisSettings settings, RedisAddress address) {
    RedisOptions application = settings.application();
    if (application != null) {
      return application;
    }
    String certificate = settings.clientCertificate();
    String key = settings.clientKey();
    String trusted = settings.trustedCertificates();
    if ((certificate == null) != (key == null)) {
      throw new InvalidSettingException(
          REDIS + (certificate == null ? "client-key" : "client-certificate"),
          "it is written alone",
          "Write holdfast.redis.client-certificate and holdfast.redis.client-key, or none of them");
    }
    if (!address.tls() && (certificate != null || trusted != null)) {
      throw new InvalidSettingException(
          REDIS + (certificate == null ? "trusted-certificates" : "client-certificate"),
          "the address of Redis says that no TLS is spoken",
          "Write rediss:// or rediss-sentinel://, or remove it");
    }
    return RedisOptions.DEFAULTS.withTls(new RedisTls(identity(certificate, key), trust(trusted)));
  }

  private static @Nullable KeyManagerFactory identity(
      @Nullable String certificate, @Nullable String key) {
    return certificate == null || key == null
        ? null
        : PemFiles.identity(REDIS + "client-certificate", certificate, REDIS + "client-key", key);
  }

  private static @Nullable TrustManagerFactory trust(@Nullable String file) {
    return file == null ? null : PemFiles.trust(REDIS + "trusted-certificates", file);
  }
}
