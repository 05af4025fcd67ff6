package dev.holdfast.configuration.checks;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.internal.Base64Url;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Refuses a shared cache that would share nothing, or whose entries anybody could read. */
public final class SharedCacheChecks {
  private static final String CACHE = "holdfast.tokens.cache.";
  private static final String KEY = CACHE + "encryption-key";
  private static final String MAKE_ONE =
      "Make one with: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='";

  private static final int KEY_BYTES = 32;

  private SharedCacheChecks() {}

  public static void check(TokenSettings tokens) {
    SharedCacheSettings shared = tokens.cache().shared();
    if (!shared.isUsed()) {
      requireUnused(shared);
      return;
    }
    if (tokens.issuers().stream().allMatch(issuer -> issuer.introspection() == null)) {
      throw new InvalidSettingException(
          CACHE + "shared",
          "it is redis, and no token is introspected, so that there is nothing to share; JWTs are"
              + " verified on each node",
          "Remove it, or configure introspection for an issuer");
    }
    if (tokens.cache().ttl().isZero()) {
      throw new InvalidSettingException(
          CACHE + "shared",
          "it is redis, and " + CACHE + "ttl is 0, so that nothing is remembered",
          "Remove it, or write for how long an answer may be reused, such as 1m");
    }
    if (shared.redisUri() != null && shared.maxBytes() != SharedCacheSettings.NONE.maxBytes()) {
      throw new InvalidSettingException(
          CACHE + "shared-max-bytes",
          "it bounds what is taken of holdfast.redis.uri, and " + CACHE + "redis-uri is set",
          "Remove it, and bound that Redis by its own maxmemory");
    }
    key(shared);
  }

  private static void requireUnused(SharedCacheSettings shared) {
    String needless =
        shared.redisUri() != null
            ? "redis-uri"
            : shared.encryptionKey() != null
                ? "encryption-key"
                : shared.equals(SharedCacheSettings.NONE) ? null : "shared-max-bytes";
    if (needless != null) {
      throw new InvalidSettingException(
          CACHE + needless,
          "it has no effect, because nothing is shared",
          "Set " + CACHE + "shared=redis, or remove it");
    }
  }

  /**
   * The key that entries are encrypted by.
   *
   * @throws InvalidSettingException when it is none
   */
  public static byte[] key(SharedCacheSettings shared) {
    String text = shared.encryptionKey();
    if (text == null) {
      throw new InvalidSettingException(
          KEY, CACHE + "shared=redis is set, and it is missing", MAKE_ONE);
    }
    SecretChecks.require(KEY, text, MAKE_ONE);
    byte @Nullable [] key = Base64Url.decode(text);
    if (key == null) {
      throw new InvalidSettingException(
          KEY, "it is not base64url without padding (RFC 4648 section 5)", MAKE_ONE);
    }
    if (key.length != KEY_BYTES) {
      throw new InvalidSettingException(
          KEY, "it has " + key.length + " bytes, and not " + KEY_BYTES, MAKE_ONE);
    }
    byte[] same = new byte[KEY_BYTES];
    Arrays.fill(same, key[0]);
    if (Arrays.equals(key, same)) {
      throw new InvalidSettingException(
          KEY, "it repeats one byte, so that anybody can guess it", MAKE_ONE);
    }
    return key;
  }
}
