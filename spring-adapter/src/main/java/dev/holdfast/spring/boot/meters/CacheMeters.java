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
    asked(registry, "hit", CacheStatistics::hits);
    asked(registry, "negative_hit", CacheStatistics::negativeHits);
    asked(registry, "miss", CacheStatistics::misses);
    asked(registry, "joined", CacheStatistics::joined);
    evicted(registry, "positive", CacheStatistics::evictions);
    evicted(registry, "negative", CacheStatistics::negativeEvictions);
    gauge(registry, "positive", CacheStatistics::size);
    gauge(registry, "negative", CacheStatistics::negativeSize);
  }

  private void asked(
      MeterRegistry registry, String result, ToLongFunction<CacheStatistics> statistic) {
    counter("requests", statistic)
        .description("Questions to the token cache, by how they were answered")
        .tag("result", result)
        .register(registry);
  }

  private void evicted(
      MeterRegistry registry, String entries, ToLongFunction<CacheStatistics> statistic) {
    counter("evictions", statistic)
        .description("Answers that the full token cache let go before they ended")
        .tag("entries", entries)
        .register(registry);
  }

  private FunctionCounter.Builder<CachingAccessTokenVerifier> counter(
      String name, ToLongFunction<CacheStatistics> statistic) {
    return FunctionCounter.builder(
        CACHE + name, assembly.tokens(), cache -> statistic.applyAsLong(cache.statistics()));
  }

  private void gauge(
      MeterRegistry registry, String entries, ToLongFunction<CacheStatistics> statistic) {
    CachingAccessTokenVerifier tokens = assembly.tokens();
    Gauge.builder(CACHE + "size", tokens, cache -> statistic.applyAsLong(cache.statistics()))
        .description("Answers that the token cache holds")
        .tag("entries", entries)
        .register(registry);
  }
}
