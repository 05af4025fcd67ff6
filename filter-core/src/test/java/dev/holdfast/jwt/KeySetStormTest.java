package dev.holdfast.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.jwt.keys.KeySet;
import dev.holdfast.jwt.keys.KeySetCache;
import dev.holdfast.jwt.keys.KeySetOrigin;
import dev.holdfast.jwt.keys.KeySetTiming;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** T48 with many threads: a thousand unknown keys a second, while known keys are in use. */
@Tag("whole")
class KeySetStormTest {
  private static final int SECONDS = 10;
  private static final int STRANGERS = 8;
  private static final int TOKENS_EACH = 125;
  private static final int ROUNDS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the cache asked to have run later, on the clock of this test. */
  private record Task(Instant at, Runnable work) {}

  private final SettableClock clock = new SettableClock(Specimen.NOW);
  private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final ExecutorService issuer = Executors.newSingleThreadExecutor();
  private final ExecutorService callers = Executors.newFixedThreadPool(STRANGERS + 2);
  private final AtomicInteger fetches = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicLong waited = new AtomicLong();
  private final KeySet keys = Specimen.keySet(List.of(Specimen.rsaJwk()));
  private final KeySetCache cache =
      new KeySetCache(
          this::fetch,
          KeySetTiming.DEFAULTS,
          1_000_000,
          clock,
          (pause, work) -> tasks.add(new Task(clock.instant().plus(pause), work)));
  private final JwtAccessTokenVerifier verifier =
      new JwtAccessTokenVerifier(
          new JwtIssuer(
              Specimen.ISSUER, null, Set.of(), Set.of(), Set.of(), Duration.ofSeconds(10)),
          cache,
          clock);

  private CompletableFuture<KeySet> fetch() {
    fetches.incrementAndGet();
    mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
    return CompletableFuture.supplyAsync(
        () -> {
          running.decrementAndGet();
          return keys;
        },
        issuer);
  }

  @AfterEach
  void close() {
    callers.shutdownNow();
    issuer.shutdownNow();
    cache.close();
  }

  private void runWhatIsDue() {
    for (Task task : List.copyOf(tasks)) {
      if (!task.at.isAfter(clock.instant()) && tasks.remove(task)) {
        task.work.run();
      }
    }
  }

  private static List<PresentedToken> strangers(int who) {
    List<PresentedToken> tokens = new ArrayList<>();
    for (int i = 0; i < TOKENS_EACH; i++) {
      tokens.add(Specimen.es256().header("kid", "random-" + who + '-' + i).presented());
    }
    return tokens;
  }

  @Test
  void aThousandUnknownKidsASecondFetchOnceASecondAndKnownOnesNeverWait_T48() throws Exception {
    PresentedToken known = Specimen.rs256().presented();
    assertThat(verifier.verify(known).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(Verification.Valid.class);
    assertThat(fetches).hasValue(1);
    List<List<PresentedToken>> floods = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      floods.add(strangers(i));
    }
    Queue<CompletableFuture<Verification>> answers = new ConcurrentLinkedQueue<>();

    for (int second = 0; second < SECONDS; second++) {
      List<Future<?>> calls = new ArrayList<>();
      for (List<PresentedToken> flood : floods) {
        calls.add(
            callers.submit(() -> flood.forEach(token -> answers.add(verifier.verify(token)))));
      }
      calls.add(callers.submit(this::runWhatIsDue));
      calls.add(callers.submit(() -> useKnown(known)));
      for (Future<?> call : calls) {
        call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(fetches.get()).as("after second " + second).isLessThanOrEqualTo(second + 2);
      clock.advance(Duration.ofSeconds(1));
    }
    runWhatIsDue();
    for (CompletableFuture<Verification> answer : answers) {
      assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Verification.Invalid("no key of the issuer signed it"));
    }
    assertThat(answers).hasSize(SECONDS * STRANGERS * TOKENS_EACH);
    assertThat(waited).as("known keys that waited").hasValue(0);
    assertThat(mostAtOnce).as("fetches at a time").hasValue(1);
    assertThat(fetches.get()).as("the flood is looked for").isGreaterThan(2);
  }

  /** Of two that come together one begins the look, and the other was once told of an outage. */
  @Test
  void whoeverComesWhileALookBeginsIsGivenIt() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    KeySetOrigin held =
        () -> {
          begun.incrementAndGet();
          return new CompletableFuture<>();
        };
    for (int round = 1; round <= ROUNDS; round++) {
      KeySetCache fresh =
          new KeySetCache(held, KeySetTiming.DEFAULTS, 1000, clock, (pause, work) -> {});
      AtomicInteger ready = new AtomicInteger();
      Callable<Boolean> answered =
          () -> {
            ready.incrementAndGet();
            while (ready.get() < 2) {
              Thread.onSpinWait();
            }
            return fresh.current().isDone();
          };
      Future<Boolean> one = callers.submit(answered);
      Future<Boolean> other = callers.submit(answered);
      assertThat(List.of(resultOf(one), resultOf(other))).as("round %s", round).containsOnly(false);
      assertThat(begun).hasValue(round);
      fresh.close();
    }
  }

  private static <T> T resultOf(Future<T> call) throws Exception {
    return call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void useKnown(PresentedToken known) {
    for (int i = 0; i < 100; i++) {
      CompletableFuture<Verification> answer = verifier.verify(known);
      if (!answer.isDone() || !(answer.join() instanceof Verification.Valid)) {
        waited.incrementAndGet();
      }
    }
  }
}
