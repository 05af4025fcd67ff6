package dev.holdfast.spring.boot.meters;

import dev.holdfast.cache.CacheStatistics;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import dev.holdfast.configuration.assembly.Assembly;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/**
 * The token cache's own statistics: the counters {@code holdfast.tokens.cache.requests} (tag {@code
 * result}: {@code hit}, {@code negative_hit}, {@code miss}, {@code joined}) and {@code
 * holdfast.tokens.cache.evictions}, and the gauge {@code holdfast.tokens.cache.size} (tag {@code
 * entries}: {@code positive}, {@code negative}).
 */
final class CacheMeters implements MeterBinder {
  private static final String CACHE = "holdfast.tokens.cache.";

  private final Assembly assembly;

  CacheMeters(Assembly assembly) {
    this.assembly = assembly;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    if (!assembly.hasIssuers()) {
      return;
    }
    counter(registry, "requests", "result", "hit", CacheStatistics::hits);
    counter(registry, "requests", "result", "negative_hit", CacheStatistics::negativeHits);
    counter(registry, "requests", "result", "miss", CacheStatistics::misses);
    counter(registry, "requests", "result", "joined", CacheStatistics::joined);
    counter(registry, "evictions", "entries", "positive", CacheStatistics::evictions);
    counter(registry, "evictions", "entries", "negative", CacheStatistics::negativeEvictions);
    gauge(registry, "positive", CacheStatistics::size);
    gauge(registry, "negative", CacheStatistics::negativeSize);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String tag,
      String value,
      ToLongFunction<CacheStatistics> statistic) {
    CachingAccessTokenVerifier tokens = assembly.tokens();
    FunctionCounter.builder(
            CACHE + name, tokens, cache -> statistic.applyAsLong(cache.statistics()))
        .tag(tag, value)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String entries, ToLongFunction<CacheStatistics> statistic) {
    CachingAccessTokenVerifier tokens = assembly.tokens();
    Gauge.builder(CACHE + "size", tokens, cache -> statistic.applyAsLong(cache.statistics()))
        .tag("entries", entries)
        .register(registry);
  }
}
