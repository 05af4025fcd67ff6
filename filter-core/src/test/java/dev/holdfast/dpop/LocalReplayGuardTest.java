package dev.holdfast.dpop;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.Sha256Digest;
import dev.holdfast.testing.SettableClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LocalReplayGuardTest {
  /** Lifetime and skew of the defaults: from {@code iat} to the last second of the proof. */
  private static final Duration WINDOW = Duration.ofSeconds(70);

  private final SettableClock clock = new SettableClock(NOW);
  private final LocalReplayGuard guard = guard(1_000_000);

  private LocalReplayGuard guard(long maxEntries) {
    return new LocalReplayGuard(maxEntries, clock, new Random(1));
  }

  static Sha256Digest proof(long number) {
    return Sha256Digest.of(ByteBuffer.allocate(8).putLong(number).array());
  }

  private Outcome spend(long number) {
    return guard.spend(proof(number), clock.instant().plus(WINDOW));
  }

  @Test
  void aProofIsSpentOnce_T51() {
    assertThat(spend(1)).isEqualTo(FIRST);
    assertThat(spend(1)).isEqualTo(SPENT);
    assertThat(spend(2)).isEqualTo(FIRST);
    assertThat(guard.entries()).isEqualTo(2);
  }

  @Test
  void aProofStaysSpentToItsLastSecond_T54() {
    Instant until = NOW.plus(WINDOW);
    LocalReplayGuard small = guard(1);
    assertThat(small.spend(proof(1), until)).isEqualTo(FIRST);

    clock.set(until.plusMillis(999));
    assertThat(small.spend(proof(1), until)).isEqualTo(SPENT);
    assertThat(small.spend(proof(2), until)).as("its record is kept").isEqualTo(UNAVAILABLE);
    clock.set(until.plusSeconds(1));
    assertThat(small.spend(proof(2), until.plusSeconds(1))).as("and dropped").isEqualTo(FIRST);
    assertThat(small.spend(proof(1), until)).as("but not forgotten").isEqualTo(SPENT);
  }

  @Test
  void theLastSecondStillCounts_T54() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.set(until.plusMillis(999));
    for (int i = 1_000; i < 50_000; i++) { // makes every table grow
      assertThat(spend(i)).isEqualTo(FIRST);
    }
    assertThat(guard.entries()).isEqualTo(49_100);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until.plusSeconds(30))).isEqualTo(SPENT);
    }
  }

  @Test
  void anIdentifierThatIsUsedAgainDoesNotFreeItsOldProof() {
    Instant until = NOW.plus(WINDOW);
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.advance(WINDOW.plusSeconds(1));
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.set(NOW);
    assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
    clock.advance(Duration.ofHours(1));
    for (int i = 1_000; i < 50_000; i++) {
      assertThat(spend(i)).isEqualTo(FIRST);
    }
    clock.set(NOW);
    assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
  }

  @Test
  void theSameIdentifierMayBeUsedAgainWhenItsRecordHasEnded() {
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.advance(WINDOW.plusSeconds(1));
    assertThat(spend(1)).isEqualTo(FIRST);
    assertThat(spend(1)).isEqualTo(SPENT);
    assertThat(guard.entries()).isEqualTo(1);
  }

  @Test
  void whenItIsFullItSaysSoAndForgetsNothing_T53() {
    LocalReplayGuard small = guard(10_000);
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 10_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(FIRST);
    }
    for (int i = 10_000; i < 20_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(UNAVAILABLE);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(SPENT);
    }
    assertThat(small.entries()).isEqualTo(10_000);
    clock.set(until.plusSeconds(1));
    for (int i = 20_000; i < 30_000; i++) {
      assertThat(small.spend(proof(i), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
    }
    assertThat(small.entries()).isEqualTo(10_000);
  }

  @Test
  void noClientHasAQuotaOfItsOwn() throws Exception {
    ProofKeys keys =
        new ProofKeys(
            DpopRules.DEFAULTS, dev.holdfast.internal.crypto.SignatureProviders.ofThisProcess());
    String header =
        ProofSpecimen.part(
            com.nimbusds.jose.util.JSONObjectUtils.toJSONString(ProofSpecimen.es256().header));
    ProofKey key = keys.in(header);
    for (int i = 0; i < 50_000; i++) { // all of one key, within a minute
      ProofClaims claims =
          new ProofClaims(
              "proof " + i,
              "POST",
              new TargetUri(ProofSpecimen.TARGET),
              NOW.getEpochSecond(),
              ProofSpecimen.TOKEN.digest(),
              null);
      ProofSpending spending =
          new ProofSpending(header, key, claims, NOW.plus(WINDOW), keys, DpopNonces.never(), guard);
      assertThat(DpopFixture.verdict(spending.spend(DpopFixture.ASKS))).isEqualTo("ok");
    }
    assertThat(guard.entries()).isEqualTo(50_000);
  }

  @Test
  void ofManyThreadsWithOneProofExactlyOneWins_T51() throws Exception {
    int threads = 64;
    int rounds = 200;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<int[]>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        tasks.add(
            () -> {
              int[] won = new int[rounds];
              for (int round = 0; round < rounds; round++) {
                start.await();
                Outcome outcome = spend(round);
                won[round] = outcome == FIRST ? 1 : 0;
              }
              return won;
            });
      }
      int[] winners = new int[rounds];
      for (Future<int[]> future : pool.invokeAll(tasks)) {
        for (int round = 0; round < rounds; round++) {
          winners[round] += future.get()[round];
        }
      }
      assertThat(winners).containsOnly(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void tablesThatGrowAndDropUnderManyThreadsLoseNothing_T51() throws Exception {
    int threads = 8;
    int proofs = 40_000;
    LocalReplayGuard few = guard(proofs); // few tables, much growth
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int seed = t;
        tasks.add(
            () -> {
              int won = 0;
              for (int i = 0; i < proofs; i++) { // each thread in an order of its own
                long number = (i * 7919L + seed * 5003L) % proofs;
                won += few.spend(proof(number), NOW.plus(WINDOW)) == FIRST ? 1 : 0;
              }
              return won;
            });
      }
      int won = 0;
      for (Future<Integer> future : pool.invokeAll(tasks)) {
        won += future.get();
      }
      assertThat(won).isEqualTo(proofs);
      assertThat(few.entries()).isEqualTo(proofs);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aClockThatJumpsForwardAndBackAcceptsNoReplay() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 1000; i < 100_000; i++) { // enough to make every table drop what has ended
      guard.spend(proof(i), clock.instant().plus(WINDOW));
    }
    clock.advance(Duration.ofHours(-1));
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }

  @Test
  void afterAJumpForwardAndBackLaterProofsPassAtOnce() {
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.advance(Duration.ofHours(1));
    LocalReplayGuard small = guard(1);
    assertThat(small.spend(proof(1), NOW.plus(WINDOW).plusSeconds(1))).isEqualTo(FIRST);
    assertThat(small.spend(proof(2), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
    clock.advance(Duration.ofHours(-1));
    clock.advance(Duration.ofSeconds(2));

    assertThat(spend(3)).isEqualTo(FIRST);
    assertThat(small.spend(proof(1), NOW.plus(WINDOW).plusSeconds(1))).isEqualTo(SPENT);
  }

  @Test
  void aClockThatJumpsBackForgetsNothing() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(-1));
    for (int i = 1000; i < 100_000; i++) {
      assertThat(guard.spend(proof(i), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }

  /** Against a set that never forgets: no replay is ever accepted, whatever the clock does. */
  @Property(tries = 300)
  void noReplayIsEverAccepted(
      @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> proofs,
      @ForAll @Size(min = 300, max = 300) List<@IntRange(min = -90, max = 90) Integer> jumps,
      @ForAll @IntRange(min = 1, max = 30) int maxEntries) {
    LocalReplayGuard small = guard(maxEntries);
    Set<Instant> spent = new HashSet<>();
    for (int i = 0; i < proofs.size(); i++) {
      clock.advance(Duration.ofSeconds(jumps.get(i)));
      Instant until = NOW.plusSeconds(proofs.get(i) * 10L); // one proof, one end
      Outcome outcome = small.spend(proof(proofs.get(i)), until);

      assertThat(outcome == FIRST && !spent.add(until)).as("a replay").isFalse();
      assertThat(small.entries()).isLessThanOrEqualTo(maxEntries);
    }
  }

  /** And the other way: with a clock that only goes on, no fresh proof is refused. */
  @Property(tries = 300)
  void noFreshProofIsRefusedWhileThereIsRoom(
      @ForAll @Size(max = 300) List<@IntRange(max = 20) Integer> steps,
      @ForAll @IntRange(max = 80) int age) {
    LocalReplayGuard roomy = guard(300);
    for (int i = 0; i < steps.size(); i++) {
      clock.advance(Duration.ofSeconds(steps.get(i)));
      Instant until = clock.instant().plusSeconds((age + i) % 81);

      assertThat(roomy.spend(proof(i), until)).isEqualTo(FIRST);
      assertThat(roomy.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }

  @Test
  void aMillionRecordsTakeLessThan40BytesEach() {
    LocalReplayGuard million = guard(1_000_000);
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(million.spend(proof(i), until) == FIRST).isTrue();
    }
    assertThat(million.bytes() / 1e6).isLessThan(40);
    clock.set(until.plusSeconds(1));
    for (int i = 1_000_000; i < 2_000_000; i++) {
      million.spend(proof(i), clock.instant().plus(WINDOW));
    }
    assertThat(million.bytes() / 1e6).isLessThan(40);
  }

  @Test
  void aGuardRemembersOneProofAtLeast() {
    assertThatThrownBy(() -> guard(0)).hasMessageContaining("one proof at least");
    assertThat(guard(1)).hasToString("LocalReplayGuard[0 of 1]");
  }
}
