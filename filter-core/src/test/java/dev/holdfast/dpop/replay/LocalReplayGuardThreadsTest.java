package dev.holdfast.dpop.replay;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.dpop.LocalReplayGuardTest.proof;
import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
class LocalReplayGuardThreadsTest {
  /** Lifetime and skew of the defaults: from {@code iat} to the last second of the proof. */
  private static final Duration WINDOW = Duration.ofSeconds(70);

  private final SettableClock clock = new SettableClock(NOW);
  private final LocalReplayGuard guard = guard(1_000_000);

  private LocalReplayGuard guard(long maxEntries) {
    return new LocalReplayGuard(maxEntries, Duration.ofSeconds(80), clock, new Random(1));
  }

  private Outcome spend(long number) {
    return guard.spend(proof(number), clock.instant().plus(WINDOW));
  }

  @Test
  void ofManyThreadsWithOneProofExactlyOneWins_T51() throws Exception {
    CyclicBarrier start = new CyclicBarrier(64);
    int[] winners =
        Race.winners(
            64,
            200,
            (thread, round) -> {
              start.await();
              return spend(round) == FIRST;
            });
    assertThat(winners).containsOnly(1);
  }

  @Test
  void aTableThatFillsUnderManyThreadsLosesNothing_T51() throws Exception {
    int proofs = 40_000;
    LocalReplayGuard few = guard(proofs); // to its bound
    int[] winners =
        Race.winners(
            8,
            proofs,
            (thread, i) -> { // each thread in an order of its own
              long number = (i * 7919L + thread * 5003L) % proofs;
              return few.spend(proof(number), NOW.plus(WINDOW)) == FIRST;
            });
    assertThat(IntStream.of(winners).sum()).isEqualTo(proofs);
    assertThat(few.entries()).isEqualTo(proofs);
  }

  /** Buckets that overflow, records that end and are dropped, and every proof four times. */
  @Test
  void whileTheClockGoesOnExactlyOneOfFourThreadsWinsEachProof_T51() throws Exception {
    LocalReplayGuard crowded = guard(512);
    CyclicBarrier step = new CyclicBarrier(4, () -> clock.advance(Duration.ofSeconds(1)));
    int[] winners =
        Race.winners(
            4,
            20_000,
            (thread, i) -> {
              if (i % 100 == 0) {
                step.await();
              }
              Instant until = NOW.plusSeconds(i / 100 + 3);
              return crowded.spend(proof(i), until) == FIRST;
            });
    assertThat(winners).containsOnly(1);
    assertThat(crowded.entries()).isLessThanOrEqualTo(512);
  }
}
