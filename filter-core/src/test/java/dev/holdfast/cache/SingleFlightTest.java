package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.NOON;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.Verification;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One question for a token at a time, whoever asks. */
@Tag("verify")
class SingleFlightTest {
  private final SettableClock clock = new SettableClock(NOON);
  private final AskedDelegate delegate = new AskedDelegate();
  private final CachingAccessTokenVerifier cache =
      new CachingAccessTokenVerifier(delegate, "realm", LIMITS, clock);

  @Test
  void aThousandCallersOfOneColdTokenAreOneQuestion_T84() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(1000);
    try {
      CountDownLatch ready = new CountDownLatch(1000);
      List<Future<Verification>> outcomes = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        outcomes.add(
            callers.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return cache.verify(token("cold")).get(20, TimeUnit.SECONDS);
                }));
      }
      await(() -> cache.statistics().joined() == 999);
      assertThat(delegate.asked()).isEqualTo(1);
      delegate.question(0).complete(valid());
      for (Future<Verification> outcome : outcomes) {
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isSameAs(delegate.question(0).join());
      }
      assertThat(cache.statistics().inFlight()).isZero();
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void callersThatComeWhileAnswersLandNeverAskTwice_T84() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CachingAccessTokenVerifier racing =
        new CachingAccessTokenVerifier(
            token -> {
              asked.incrementAndGet();
              return CompletableFuture.supplyAsync(Specimens::valid);
            },
            "realm",
            new CacheLimits(Duration.ofMinutes(1), 1_000_000, Duration.ZERO, 1),
            clock);
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        done.add(
            callers.submit(
                () -> {
                  for (int token = 0; token < 20_000; token++) {
                    settled(racing.verify(token("t" + token)));
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertThat(asked.get()).isEqualTo(20_000);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void twoThousandDistinctMissesWaitSideBySide() {
    Verification answer = valid();
    CachingAccessTokenVerifier slow =
        new CachingAccessTokenVerifier(
            token ->
                new CompletableFuture<Verification>()
                    .completeOnTimeout(answer, 50, TimeUnit.MILLISECONDS),
            "realm",
            new CacheLimits(Duration.ofMinutes(1), 10_000, Duration.ZERO, 1),
            Clock.systemUTC());
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) { // the first also loads classes
      least = Math.min(least, millisForTwoThousand(slow, "round" + round + "-"));
    }
    System.out.println("2000 distinct misses of 50 ms each took " + least + " ms");
    assertThat(least).isLessThan(5_000); // one after another they take 100 seconds
    assertThat(slow.statistics().misses()).isEqualTo(6000);
  }

  private static long millisForTwoThousand(CachingAccessTokenVerifier cache, String prefix) {
    long start = System.nanoTime();
    List<CompletableFuture<Verification>> answers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      answers.add(cache.verify(token(prefix + i)));
    }
    answers.forEach(Specimens::settled);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void aFailureReachesAllWhoWaitedAndTheNextCallerAsksAgain_T89() {
    List<CompletableFuture<Verification>> waiting =
        List.of(cache.verify(token("a")), cache.verify(token("a")), cache.verify(token("a")));
    delegate.question(0).completeExceptionally(new IssuerUnavailableException("down", null));
    for (CompletableFuture<Verification> one : waiting) {
      assertThatThrownBy(one::get).hasCauseInstanceOf(IssuerUnavailableException.class);
    }
    CompletableFuture<Verification> next = cache.verify(token("a"));
    delegate.question(1).complete(valid());
    assertThat(settled(next)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void nobodyCanSettleTheAnswerOfOthers_T89() {
    CompletableFuture<Verification> mine = cache.verify(token("a"));
    CompletableFuture<Verification> other = cache.verify(token("a"));
    Verification.Invalid forged = new Verification.Invalid("forged");
    assertThat(mine.cancel(true)).isFalse();
    assertThat(mine.complete(forged)).isFalse();
    assertThat(mine.completeExceptionally(new IllegalStateException())).isFalse();
    assertThatThrownBy(() -> mine.obtrudeValue(forged))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> mine.obtrudeException(new IllegalStateException()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(mine.completeAsync(() -> forged).join()).isEqualTo(forged);
    assertThat(mine.completeAsync(() -> forged, Runnable::run).join()).isEqualTo(forged);
    assertThat(mine.completeOnTimeout(forged, 1, TimeUnit.MILLISECONDS).join()).isEqualTo(forged);
    assertThatThrownBy(() -> mine.orTimeout(1, TimeUnit.MILLISECONDS).get())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(mine.thenApply(x -> x).cancel(true)).isTrue();
    assertThat(other).isNotDone();
    delegate.question(0).complete(valid());
    assertThat(settled(mine)).isSameAs(settled(other)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void anInterruptedWaiterDoesNotDisturbTheOthers_T89() throws Exception {
    CompletableFuture<Verification> other = cache.verify(token("a"));
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                cache.verify(token("a")).get();
                interrupted.complete(false);
              } catch (Exception e) {
                interrupted.complete(e instanceof InterruptedException);
              }
            });
    waiter.start();
    await(() -> waiter.getState() == Thread.State.WAITING);
    waiter.interrupt();
    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    delegate.question(0).complete(valid());
    assertThat(settled(other)).isInstanceOf(Verification.Valid.class);
  }

  @Test
  void questionsUnderWayDoNotCountAgainstGoodAnswers() {
    CachingAccessTokenVerifier small =
        new CachingAccessTokenVerifier(
            delegate, "realm", new CacheLimits(Duration.ofMinutes(1), 1, Duration.ZERO, 1), clock);
    CompletableFuture<Verification> kept = small.verify(token("kept"));
    delegate.question(0).complete(valid());
    settled(kept);
    for (int i = 0; i < 100; i++) {
      assertThat(small.verify(token("open" + i))).isNotDone();
    }
    assertThat(small.verify(token("kept"))).isCompleted();
    assertThat(small.statistics().inFlight()).isEqualTo(100);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    assertThat(Await.within(Duration.ofSeconds(20), condition)).as("in time").isTrue();
  }
}
