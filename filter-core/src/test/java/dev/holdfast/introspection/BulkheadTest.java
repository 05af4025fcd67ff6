package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C81: how many threads an endpoint can hold. */
class BulkheadTest {
  private final ExecutorService callers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void asManyWaitAsMayCallAndOneMoreIsTurnedAwayAtOnce_C81() throws Exception {
    Bulkhead bulkhead = new Bulkhead(3, Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      assertThat(bulkhead.tryEnter()).isTrue();
    }
    CompletableFuture<?>[] waiting = new CompletableFuture<?>[3];
    for (int i = 0; i < 3; i++) {
      waiting[i] = CompletableFuture.supplyAsync(bulkhead::tryEnter, callers);
    }
    assertThat(Await.within(Duration.ofSeconds(20), () -> bulkhead.waiting() == 3)).isTrue();
    assertThat(bulkhead.tryEnter()).isFalse();
    for (int i = 0; i < 3; i++) {
      bulkhead.leave();
    }
    for (CompletableFuture<?> one : waiting) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(true);
    }
    assertThat(bulkhead.inside()).isEqualTo(3);
    assertThat(bulkhead.waiting()).isZero();
  }

  @Test
  void nobodyOvertakesThoseWhoWait_C81() throws Exception {
    for (int i = 0; i < 20; i++) {
      Bulkhead bulkhead = new Bulkhead(2, Duration.ofMinutes(1));
      List<String> entered = new CopyOnWriteArrayList<>();
      assertThat(bulkhead.tryEnter()).isTrue();
      assertThat(bulkhead.tryEnter()).isTrue();
      Thread first =
          new Thread(
              () -> {
                if (bulkhead.tryEnter()) {
                  entered.add("first");
                  bulkhead.leave();
                }
              });
      first.start();
      assertThat(
              Await.within(
                  Duration.ofSeconds(20), () -> first.getState() == Thread.State.TIMED_WAITING))
          .isTrue();
      bulkhead.leave();
      assertThat(bulkhead.tryEnter()).isTrue();
      entered.add("second");
      first.join(20_000);
      assertThat(entered).containsExactly("first", "second");
    }
  }

  @Test
  @Timeout(10) // 500 times the patience
  void nobodyWaitsForLong_C81() {
    Bulkhead bulkhead = new Bulkhead(1, Duration.ofMillis(20));
    assertThat(bulkhead.tryEnter()).isTrue();
    assertThat(bulkhead.tryEnter()).isFalse();
    bulkhead.leave();
    assertThat(bulkhead.tryEnter()).isTrue();
  }

  @Test
  void anInterruptEndsNoWaitAndIsKept() throws InterruptedException {
    Bulkhead bulkhead = new Bulkhead(1, Duration.ofMillis(20));
    assertThat(bulkhead.tryEnter()).isTrue();
    Thread.currentThread().interrupt();
    assertThat(bulkhead.tryEnter()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
