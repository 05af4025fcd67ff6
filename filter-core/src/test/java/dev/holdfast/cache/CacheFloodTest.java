package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.INACTIVE;
import static dev.holdfast.cache.Specimens.NOON;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Reachable;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** T88: a flood of random tokens costs its own store only. */
@Tag("whole")
class CacheFloodTest {
  private static final int RANDOM_TOKENS = 1_000_000;
  private static final int FULL_LONG_AGO = 100_000;

  /** For what the JVM itself keeps meanwhile; the least object for each token would be 14 MB. */
  private static final long NOISE_BYTES = 4_000_000;

  private static final CacheLimits LIMITS =
      new CacheLimits(Duration.ofMinutes(1), 1_000, Duration.ofSeconds(5), 500);

  private final CachingAccessTokenVerifier cache =
      new CachingAccessTokenVerifier(
          token ->
              CompletableFuture.completedFuture(
                  token.value().startsWith("good") ? valid() : INACTIVE),
          "realm",
          LIMITS,
          new SettableClock(NOON));

  @Test
  void randomTokensStayBoundedAndDisplaceNoGoodOne_T88() {
    for (int i = 0; i < 100; i++) {
      settled(cache.verify(token("good" + i)));
    }
    flood(0, FULL_LONG_AGO);
    long before = Reachable.now().bytes();
    flood(FULL_LONG_AGO, RANDOM_TOKENS);
    assertThat(Reachable.now().bytes() - before).as("bytes left").isLessThan(NOISE_BYTES);
    long misses = cache.statistics().misses();
    for (int i = 0; i < 100; i++) {
      settled(cache.verify(token("good" + i)));
    }
    assertThat(cache.statistics().misses()).isEqualTo(misses);
    cache.settle();
    CacheStatistics statistics = cache.statistics();
    assertThat(statistics.size()).isEqualTo(100);
    assertThat(statistics.evictions()).isZero();
    assertThat(statistics.negativeSize()).isLessThanOrEqualTo(500);
    assertThat(statistics.negativeEvictions()).isEqualTo(RANDOM_TOKENS - statistics.negativeSize());
  }

  private void flood(int from, int to) {
    for (int i = from; i < to; i++) {
      settled(cache.verify(token("random" + i)));
    }
    cache.settle();
  }

  @Test
  void goodAnswersAreBoundedToo_T88() {
    for (int i = 0; i < 20_000; i++) {
      settled(cache.verify(token("good" + i)));
    }
    cache.settle();
    assertThat(cache.statistics().size()).isLessThanOrEqualTo(1_000);
    assertThat(cache.statistics().evictions()).isEqualTo(20_000 - cache.statistics().size());
  }
}
