package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.holdfast.PresentedToken;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a warm look-up allocates: its key. */
class CacheAllocationTest {
  private static final int LOOK_UPS = 20_000;
  private static final long BOUND = 64;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aWarmLookUpAllocatesItsKeyAndNothingElse() {
    CachingAccessTokenVerifier cache =
        new CachingAccessTokenVerifier(
            token -> CompletableFuture.completedFuture(valid()),
            "realm",
            LIMITS,
            Clock.systemUTC());
    PresentedToken token = token("warm");
    settled(cache.verify(token));
    long least = Long.MAX_VALUE;
    for (int round = 0;
        round < 10;
        round++) { // the least: a round may hold a compilation or a drain
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < LOOK_UPS; i++) {
        if (!cache.verify(token).isDone()) {
          throw new AssertionError("not warm");
        }
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      least = Math.min(least, (after - before) / LOOK_UPS);
    }
    System.out.println("a warm look-up allocates " + least + " bytes");
    assertThat(least).isLessThan(BOUND);
  }
}
