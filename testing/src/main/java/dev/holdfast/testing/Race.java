package dev.holdfast.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that try for the same things at the same time. */
public final class Race {
  private Race() {}

  /** What a thread does in a round. */
  @FunctionalInterface
  public interface Attempt {
    /**
     * Tries once.
     *
     * @param thread from 0 on
     * @param round from 0 on
     * @return whether the thread has won
     */
    boolean wins(int thread, int round) throws Exception;
  }

  /**
   * Lets each thread go through all rounds in their order.
   *
   * @return for each round, how many threads have won
   * @throws java.util.concurrent.ExecutionException when an attempt has thrown
   */
  public static int[] winners(int threads, int rounds, Attempt attempt) throws Exception {
    List<Callable<boolean[]>> runs = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      runs.add(
          () -> {
            boolean[] won = new boolean[rounds];
            for (int round = 0; round < rounds; round++) {
              won[round] = attempt.wins(thread, round);
            }
            return won;
          });
    }
    int[] winners = new int[rounds];
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<boolean[]> run : pool.invokeAll(runs)) {
        boolean[] won = run.get();
        for (int round = 0; round < rounds; round++) {
          winners[round] += won[round] ? 1 : 0;
        }
      }
    } finally {
      pool.shutdownNow();
    }
    return winners;
  }
}
