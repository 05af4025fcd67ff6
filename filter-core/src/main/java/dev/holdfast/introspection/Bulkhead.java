package dev.holdfast.introspection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * At most so many calls at a time, so that a slow endpoint cannot take all threads of a container.
 * As many callers again wait for a place, in their order and for a short while only; one more is
 * turned away at once.
 */
final class Bulkhead {
  private final int limit;
  private final long patienceNanos;
  private final Semaphore places;
  private final Semaphore queue;

  Bulkhead(int limit, Duration patience) {
    this.limit = limit;
    this.patienceNanos = patience.toNanos();
    this.places = new Semaphore(limit, /* fair= */ true);
    this.queue = new Semaphore(limit);
  }

  /** Whether the call may go ahead; it then calls {@link #leave()} exactly once. */
  boolean tryEnter() {
    if (!places.hasQueuedThreads() && places.tryAcquire()) {
      return true;
    }
    if (!queue.tryAcquire()) {
      return false;
    }
    try {
      return waitedForPlace();
    } finally {
      queue.release();
    }
  }

  /** An interrupt does not end the wait: others may depend on the one who waits. */
  private boolean waitedForPlace() {
    long end = System.nanoTime() + patienceNanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return places.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void leave() {
    places.release();
  }

  int inside() {
    return limit - places.availablePermits();
  }

  int waiting() {
    return limit - queue.availablePermits();
  }
}
