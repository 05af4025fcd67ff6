package dev.holdfast.redis;

import static dev.holdfast.redis.GuardFixture.proof;

import dev.holdfast.ReplayGuard.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/**
 * Callers whose clocks are right, each request with a new proof of this moment, a hundred a second
 * and one at a time.
 */
final class RightfulTraffic implements AutoCloseable {
  /** The defaults: a lifetime of a minute, and ten seconds of skew to either side. */
  static final Duration WINDOW = Duration.ofSeconds(80);

  private static final Duration LIFE = Duration.ofSeconds(70);
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);

  /** A request and what became of it. */
  record Request(long number, Instant at, Outcome outcome) {
    Instant end() {
      return at.plus(LIFE);
    }
  }

  private final RedisReplayGuard guard;
  private final LongPredicate which;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean over;

  /**
   * Traffic that has begun.
   *
   * @param which numbers of proofs are used, such as those of one node of a cluster
   */
  RightfulTraffic(RedisReplayGuard guard, LongPredicate which) {
    this.guard = guard;
    this.which = which;
    this.thread = new Thread(this::run, "traffic");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long next = System.nanoTime();
    while (!over) {
      long number = NUMBERS.incrementAndGet();
      if (which.test(number)) {
        Instant now = Instant.now();
        requests.add(new Request(number, now, guard.spend(proof(number), now.plus(LIFE))));
        next += PAUSE_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
  }

  /** Counts from here on. */
  void countsAnew() {
    requests.clear();
  }

  /** So far. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The last so many were all served. */
  boolean isServed(int inARow) {
    List<Request> all = requests();
    return all.size() >= inARow
        && all.subList(all.size() - inARow, all.size()).stream()
            .allMatch(request -> request.outcome() == Outcome.FIRST);
  }

  /** How many were refused. */
  long refused() {
    return requests.stream().filter(request -> request.outcome() != Outcome.FIRST).count();
  }

  /** From the first one that was refused to the last. */
  Duration refusedFor() {
    List<Request> refused =
        requests().stream().filter(request -> request.outcome() != Outcome.FIRST).toList();
    return refused.isEmpty()
        ? Duration.ZERO
        : Duration.between(refused.get(0).at(), refused.get(refused.size() - 1).at());
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return refused() + " of " + requests.size() + " refused, for " + refusedFor();
  }
}
