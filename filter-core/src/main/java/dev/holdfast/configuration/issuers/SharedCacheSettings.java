package dev.holdfast.configuration.issuers;

import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Setting;
import org.jspecify.annotations.Nullable;

/**
 * {@code tokens.cache.shared} and what belongs to it: introspection answers that all nodes share.
 *
 * @param store where nodes share introspection answers
 * @param redisUri another Redis for them, which may drop entries; default: redis.uri
 * @param maxBytes about how many bytes they take of redis.uri at most
 * @param encryptionKey 32 random bytes in base64url, the same on every node: with them, what lies
 *     in Redis is encrypted
 */
public record SharedCacheSettings(
    @Setting(value = "none", name = "shared") Store store,
    @Setting @Nullable String redisUri,
    @Setting(value = "67108864", name = "shared-max-bytes", least = "1048576", most = "4294967296")
        long maxBytes,
    @Setting @Nullable String encryptionKey) {
  /** Nothing is shared. */
  public static final SharedCacheSettings NONE = RecordReader.defaults(SharedCacheSettings.class);

  /** Where answers are shared. */
  public enum Store {
    /** Nowhere: each node asks the issuer itself. */
    NONE,
    /** In Redis or Valkey, by all nodes that name the same one. */
    REDIS
  }

  /** Answers in the Redis of {@code redis.uri}. */
  public static SharedCacheSettings inRedis(String encryptionKey) {
    return new SharedCacheSettings(Store.REDIS, null, NONE.maxBytes, encryptionKey);
  }

  /** The same in another Redis. */
  public SharedCacheSettings withRedisUri(@Nullable String other) {
    return new SharedCacheSettings(store, other, maxBytes, encryptionKey);
  }

  /** The same in so many bytes. */
  public SharedCacheSettings withMaxBytes(long other) {
    return new SharedCacheSettings(store, redisUri, other, encryptionKey);
  }

  /** Whether answers are shared at all. */
  public boolean isUsed() {
    return store == Store.REDIS;
  }

  /** Whether they lie in the Redis of {@code redis.uri}. */
  public boolean isInCommonRedis() {
    return isUsed() && redisUri == null;
  }

  /** Neither the key nor an address, which may hold a password. */
  @Override
  public String toString() {
    return "SharedCacheSettings[" + store + ", " + maxBytes + "]";
  }
}
