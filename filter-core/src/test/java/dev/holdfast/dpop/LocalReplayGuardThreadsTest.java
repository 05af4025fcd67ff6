package dev.holdfast.dpop;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.dpop.LocalReplayGuardTest.proof;
import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LocalReplayGuardThreadsTest {
  /** Lifetime and skew of the defaults: from {@code iat} to the last second of the proof. */
  private static final Duration WINDOW = Duration.ofSeconds(70);

  private final SettableClock clock = new SettableClock(NOW);
  private final LocalReplayGuard guard = guard(1_000_000);

  private LocalReplayGuard guard(long maxEntries) {
    return new LocalReplayGuard(maxEntries, clock, new Random(1));
  }

  private Outcome spend(long number) {
    return guard.spend(proof(number), clock.instant().plus(WINDOW));
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
  void aTableThatFillsUnderManyThreadsLosesNothing_T51() throws Exception {
    int threads = 8;
    int proofs = 40_000;
    LocalReplayGuard few = guard(proofs); // to its bound
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

  /** Buckets that overflow, records that end and are dropped, and every proof four times. */
  @Test
  void whileTheClockGoesOnExactlyOneOfFourThreadsWinsEachProof_T51() throws Exception {
    int threads = 4;
    int proofs = 20_000;
    LocalReplayGuard crowded = guard(512);
    CyclicBarrier step = new CyclicBarrier(threads, () -> clock.advance(Duration.ofSeconds(1)));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<int[]>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        tasks.add(
            () -> {
              int[] won = new int[proofs];
              for (int i = 0; i < proofs; i++) {
                if (i % 100 == 0) {
                  step.await();
                }
                Instant until = NOW.plusSeconds(i / 100 + 3);
                won[i] = crowded.spend(proof(i), until) == FIRST ? 1 : 0;
              }
              return won;
            });
      }
      int[] winners = new int[proofs];
      for (Future<int[]> future : pool.invokeAll(tasks)) {
        int[] won = future.get();
        for (int i = 0; i < proofs; i++) {
          winners[i] += won[i];
        }
      }
      assertThat(winners).containsOnly(1);
      assertThat(crowded.entries()).isLessThanOrEqualTo(512);
    } finally {
      pool.shutdownNow();
    }
  }
}
