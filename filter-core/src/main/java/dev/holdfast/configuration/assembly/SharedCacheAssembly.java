package dev.holdfast.configuration.assembly;

import dev.holdfast.AccessToken;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.cache.LowerLevel;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.checks.SharedCacheChecks;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RedisSettings;
import dev.holdfast.internal.waiting.Later;
import dev.holdfast.introspection.shared.EntryStore;
import dev.holdfast.introspection.shared.Pauses;
import dev.holdfast.introspection.shared.SharedLevel;
import dev.holdfast.introspection.shared.SharedLimits;
import dev.holdfast.introspection.shared.SharedStatistics;
import dev.holdfast.introspection.shared.SharedStore;
import dev.holdfast.redis.LettuceMissingException;
import dev.holdfast.redis.RedisCache;
import dev.holdfast.redis.RedisEntries;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes what shares introspection answers, from settings that {@link SharedCacheChecks} saw. */
final class SharedCacheAssembly implements LowerLevel {
  /** A cache that is slower than the issuer is none. */
  private static final Duration LONGEST_DEADLINE = Duration.ofMillis(250);

  /** For Redis to answer at the start; if it is down, the start goes on. */
  private static final Duration FIRST_CONNECTION = Duration.ofSeconds(2);

  private final CacheSettings cache;
  private final SharedStore store;
  private final Pauses pauses;
  private final Clock clock;
  private final List<SharedLevel> levels = new ArrayList<>();

  private SharedCacheAssembly(CacheSettings cache, SharedStore store, Pauses pauses, Clock clock) {
    this.cache = cache;
    this.store = store;
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * Null where nothing is shared.
   *
   * @param knowsRevocations until this holds, nothing that other nodes wrote is believed: it may
   *     have been revoked since
   */
  static @Nullable SharedCacheAssembly of(
      HoldfastSettings all, BooleanSupplier knowsRevocations, Clock clock, OpenParts parts) {
    CacheSettings cache = all.tokens().cache();
    SharedCacheSettings shared = cache.shared();
    if (!shared.isUsed()) {
      return null;
    }
    byte[] key = SharedCacheChecks.key(shared);
    RedisSettings redis = all.redis();
    String own = shared.redisUri();
    RedisAddress address =
        own == null ? RedisAssembly.address(redis) : RedisAssembly.addressOfCache(redis, own);
    RedisOptions options =
        own == null
            ? RedisAssembly.options(redis, address)
            : RedisAssembly.optionsOfCache(redis, address);
    RedisEntries connected = parts.add(connect(address, options, keyPrefix(redis), clock));
    connected.awaitConnection(FIRST_CONNECTION);
    EntryStore entries = new InRedis(connected, knowsRevocations);
    SharedStore store =
        shared.isInCommonRedis()
            ? SharedStore.within(
                entries,
                address.toString(),
                key,
                shared.maxBytes(),
                cache.ttl(),
                cache.negativeTtl())
            : SharedStore.unbounded(entries, address.toString(), key);
    return new SharedCacheAssembly(
        cache, store, parts.add(new Pauses(parts.add(new Later()))), clock);
  }

  /** What every key of the cache begins with. */
  static String keyPrefix(RedisSettings redis) {
    return redis.prefix() + ":token:";
  }

  private static RedisEntries connect(
      RedisAddress address, RedisOptions options, String prefix, Clock clock) {
    Duration deadline = options.deadline();
    try {
      return RedisCache.connect(
          address,
          options.withDeadline(
              deadline.compareTo(LONGEST_DEADLINE) < 0 ? deadline : LONGEST_DEADLINE),
          prefix,
          clock);
    } catch (LettuceMissingException missing) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              "holdfast.tokens.cache.shared",
              "it is redis, and " + missing.getMessage(),
              "Add the dependency io.lettuce:lettuce-core");
      invalid.initCause(missing);
      throw invalid;
    }
  }

  /** What the nodes share of one issuer's answers. */
  SharedLevel level(IssuerSettings issuer, IntrospectionSettings introspection) {
    String realm =
        String.join(
            "\n",
            String.valueOf(issuer.issuer()),
            introspection.uri(),
            introspection.clientId(),
            introspection.response().name());
    SharedLevel level =
        new SharedLevel(
            store,
            realm,
            new SharedLimits(
                cache.ttl(),
                cache.negativeTtl(),
                introspection.timeout(),
                issuer.limits().maxConcurrentCalls()),
            pauses,
            clock);
    levels.add(level);
    return level;
  }

  /** What all of it has done. */
  SharedStatistics statistics() {
    return levels.stream()
        .map(SharedLevel::statistics)
        .reduce(SharedStatistics.NONE, SharedStatistics::and);
  }

  @Override
  public void evict(Sha256Digest tokenDigest) {
    levels.forEach(level -> level.evict(tokenDigest));
  }

  @Override
  public void evictIssuer(String issuer) {
    levels.forEach(level -> level.evictAnswers(answer -> isRefusalOrOf(issuer, answer)));
  }

  private static boolean isRefusalOrOf(String issuer, Verification answer) {
    return !(answer instanceof Verification.Valid valid) || valid.token().issuer().equals(issuer);
  }

  @Override
  public void evictWhere(Predicate<AccessToken> condition) {
    levels.forEach(level -> level.evictWhere(condition));
  }

  @Override
  public void evictAll() {
    levels.forEach(level -> level.evictAnswers(answer -> true));
  }

  /** The mechanisms do not know each other. */
  private record InRedis(RedisEntries redis, BooleanSupplier knowsRevocations)
      implements EntryStore {
    @Override
    public CompletableFuture<Found> find(String name) {
      return redis
          .find(name)
          .thenApply(
              found ->
                  knowsRevocations.getAsBoolean()
                      ? new Found(found.value(), found.leftMillis(), found.claimed())
                      : new Found(null, 0, found.claimed()));
    }

    @Override
    public CompletableFuture<Boolean> claim(String name, Duration life) {
      return redis.claim(name, life);
    }

    @Override
    public CompletableFuture<?> release(String name) {
      return redis.release(name);
    }

    @Override
    public CompletableFuture<?> put(String name, byte[] value, Duration life) {
      return redis.put(name, value, life);
    }

    @Override
    public CompletableFuture<?> remove(String name) {
      return redis.remove(name);
    }

    @Override
    public CompletableFuture<Long> add(String counter, long amount, Duration life) {
      return redis.add(counter, amount, life);
    }
  }
}
