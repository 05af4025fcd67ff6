package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken;
import dev.holdfast.testing.Garbage;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a warm look-up allocates: its key. */
class CacheAllocationTest {
  private static final double BOUND = 64;

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
    double bytes = Garbage.bytesPerCall(() -> cache.verify(token).isDone());
    System.out.println("a warm look-up allocates " + bytes + " bytes");
    assertThat(bytes).isLessThan(BOUND);
  }
}
