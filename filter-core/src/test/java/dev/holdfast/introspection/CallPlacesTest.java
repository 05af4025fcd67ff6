package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C81: how many threads an endpoint can hold. */
class CallPlacesTest {
  private static final HttpAnswer ANSWER = new HttpAnswer(200, "application/json", new byte[0]);
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final List<CompletableFuture<HttpAnswer>> calls = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  private static CallGuard guard(Semaphore places, Duration patience) {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    return new CallGuard(
        places,
        patience,
        new CircuitBreaker(20, Duration.ofSeconds(1), clock),
        new Probe(token -> CompletableFuture.completedFuture(ANSWER)),
        new CredentialAlarm(URI.create("https://as.example/introspect"), clock));
  }

  /** A call that is under way until the test completes it. */
  private CompletableFuture<HttpAnswer> begin(CallGuard guard) {
    return guard.call(
        () -> {
          CompletableFuture<HttpAnswer> call = new CompletableFuture<>();
          calls.add(call);
          return call;
        });
  }

  private static void assertTurnedAway(CompletableFuture<HttpAnswer> call) {
    assertThat(call)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(IssuerUnavailableException.class)
        .withMessageContaining("too many introspection calls are under way");
  }

  @Test
  void asManyWaitAsMayCallAndOneMoreIsTurnedAwayAtOnce_C81() throws Exception {
    Semaphore places = new Semaphore(3, true);
    CallGuard guard = guard(places, Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      assertThat(begin(guard)).isNotDone();
    }
    CountDownLatch entered = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      callers.execute(
          () -> {
            assertThat(begin(guard)).isNotDone();
            entered.countDown();
          });
    }
    assertThat(Await.within(Duration.ofSeconds(20), () -> places.getQueueLength() == 3)).isTrue();
    assertTurnedAway(begin(guard));
    assertThat(calls).hasSize(3);
    List.copyOf(calls).forEach(call -> call.complete(ANSWER));
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(calls).hasSize(6);
    assertThat(places.availablePermits()).isZero();
    calls.forEach(call -> call.complete(ANSWER));
    assertThat(places.availablePermits()).isEqualTo(3);
    for (int i = 0; i < 3; i++) { // nobody keeps a place in the queue either
      assertThat(begin(guard)).isNotDone();
    }
  }

  @Test
  void nobodyOvertakesThoseWhoWait_C81() throws Exception {
    for (int i = 0; i < 20; i++) {
      calls.clear();
      CallGuard guard = guard(new Semaphore(2, true), Duration.ofMinutes(1));
      List<String> entered = new CopyOnWriteArrayList<>();
      assertThat(begin(guard)).isNotDone();
      assertThat(begin(guard)).isNotDone();
      Thread first =
          new Thread(
              () ->
                  guard
                      .call(
                          () -> {
                            entered.add("first");
                            return CompletableFuture.completedFuture(ANSWER);
                          })
                      .join());
      first.start();
      assertThat(
              Await.within(
                  Duration.ofSeconds(20), () -> first.getState() == Thread.State.TIMED_WAITING))
          .isTrue();
      calls.get(0).complete(ANSWER);
      assertThat(begin(guard)).isNotDone();
      entered.add("second");
      first.join(20_000);
      assertThat(entered).containsExactly("first", "second");
    }
  }

  @Test
  @Timeout(10) // 500 times the patience
  void nobodyWaitsForLong_C81() {
    CallGuard guard = guard(new Semaphore(1, true), Duration.ofMillis(20));
    assertThat(begin(guard)).isNotDone();
    assertTurnedAway(begin(guard));
    calls.get(0).complete(ANSWER);
    assertThat(begin(guard)).isNotDone();
  }

  @Test
  void whoeverGivesUpLeavesHisPlaceInTheQueueToTheNext_C81() throws InterruptedException {
    Semaphore places = new Semaphore(1, true);
    CallGuard guard = guard(places, Duration.ofSeconds(1));
    assertThat(begin(guard)).isNotDone();
    assertTurnedAway(begin(guard));
    callers.execute(() -> assertTurnedAway(begin(guard)));
    assertThat(Await.within(Duration.ofSeconds(20), () -> places.getQueueLength() == 1)).isTrue();
  }

  @Test
  void anInterruptEndsNoWaitAndIsKept() {
    CallGuard guard = guard(new Semaphore(1, true), Duration.ofMillis(20));
    assertThat(begin(guard)).isNotDone();
    Thread.currentThread().interrupt();
    assertTurnedAway(begin(guard));
    assertThat(Thread.interrupted()).isTrue();
  }
}
