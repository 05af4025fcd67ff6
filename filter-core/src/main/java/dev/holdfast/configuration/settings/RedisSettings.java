package dev.holdfast.configuration.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Setting;
import dev.holdfast.redis.address.RedisOptions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code redis}: the store that nodes share, Redis or Valkey.
 *
 * @param uri redis:// for one server, or with several hosts for a cluster; redis-sentinel:// with
 *     all sentinels and #name; rediss:// and rediss-sentinel:// for TLS; with the password if there
 *     is one; in Spring, default: the application's own connection
 * @param sentinelUsername who speaks to the sentinels, where that is another user than default
 * @param sentinelPassword the password of the sentinels, where they have one; that in the URI is
 *     for the servers that keep data
 * @param clientCertificate a PEM file: the certificate that Holdfast shows to Redis, and its chain
 * @param clientKey a PEM file: the private key of that certificate, in PKCS #8
 * @param trustedCertificates a PEM file: whom to trust when Redis is called; default: the JVM's
 *     trust store
 * @param prefix what the keys in the store begin with: the same for the nodes of one application;
 *     another one for a gateway than for the service behind it, because both take the same proof
 * @param application how the application itself speaks to Redis, where its own connection is taken
 */
public record RedisSettings(
    @Setting @Nullable String uri,
    @Setting @Nullable String sentinelUsername,
    @Setting @Nullable String sentinelPassword,
    @Setting @Nullable String clientCertificate,
    @Setting @Nullable String clientKey,
    @Setting @Nullable String trustedCertificates,
    @Setting("holdfast") String prefix,
    @Setting.OfEdge @Nullable RedisOptions application) {
  private static final String DEFAULT_PREFIX = "holdfast";
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** Refuses a prefix that is hard to write into the rules of Redis' access control. */
  public RedisSettings {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new InvalidSettingException(
          "holdfast.redis.prefix",
          "it is not made of 1 to 64 letters, digits, and . _ : -",
          "Write a name of this application, such as payments-gateway");
    }
  }

  /** A store, with the JVM's trust where its URI says TLS. */
  public RedisSettings(@Nullable String uri, String prefix) {
    this(uri, null, null, null, null, null, prefix, null);
  }

  /** A store whose keys begin with {@code holdfast}. */
  public RedisSettings(@Nullable String uri) {
    this(uri, DEFAULT_PREFIX);
  }

  /** No shared store. */
  public static RedisSettings none() {
    return new RedisSettings(null);
  }

  /** The same keys in the store at this URI. */
  public RedisSettings withUri(@Nullable String other) {
    return new RedisSettings(
        other,
        sentinelUsername,
        sentinelPassword,
        clientCertificate,
        clientKey,
        trustedCertificates,
        prefix,
        application);
  }

  /** The same with this login for the sentinels. */
  public RedisSettings withSentinelLogin(@Nullable String username, @Nullable String password) {
    return new RedisSettings(
        uri,
        username,
        password,
        clientCertificate,
        clientKey,
        trustedCertificates,
        prefix,
        application);
  }

  /** The same with TLS of these PEM files. */
  public RedisSettings withTls(
      @Nullable String certificate, @Nullable String key, @Nullable String trusted) {
    return new RedisSettings(
        uri, sentinelUsername, sentinelPassword, certificate, key, trusted, prefix, application);
  }

  /** The same, spoken to as the application does. */
  public RedisSettings withApplication(@Nullable RedisOptions options) {
    return new RedisSettings(
        uri,
        sentinelUsername,
        sentinelPassword,
        clientCertificate,
        clientKey,
        trustedCertificates,
        prefix,
        options);
  }

  /** Whether something else than the default is written. */
  public boolean namesPrefix() {
    return !prefix.equals(DEFAULT_PREFIX);
  }

  /** A setting that says how to reach the store at the URI; null when none is written. */
  public @Nullable String anySettingOfConnection() {
    if (sentinelUsername != null) {
      return "sentinel-username";
    }
    if (sentinelPassword != null) {
      return "sentinel-password";
    }
    if (clientCertificate != null) {
      return "client-certificate";
    }
    if (clientKey != null) {
      return "client-key";
    }
    return trustedCertificates == null ? null : "trusted-certificates";
  }

  /** Whether there is one; its URI may hold a password. */
  @Override
  public String toString() {
    return "RedisSettings[" + (uri == null ? "none" : "set") + ", " + prefix + "]";
  }
}
