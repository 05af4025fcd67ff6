package dev.holdfast.internal.waiting;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/** A moment after which nobody waits any longer. It does not depend on the wall clock. */
public final class Deadline {
  private static final long ROUNDED_UP = MILLISECONDS.toNanos(1) - 1;

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /** The moment that long from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The moment after half of the time left, so that as much is left for another attempt. */
  public Deadline half() {
    return new Deadline(System.nanoTime() + nanosLeft() / 2);
  }

  /** The earlier of the two. */
  public Deadline orEarlier(Deadline other) {
    return other.end - end < 0 ? other : this;
  }

  /** Whether it has passed. */
  public boolean isOver() {
    return nanosLeft() <= 0;
  }

  /** The time left, or none. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanosLeft()));
  }

  private long nanosLeft() {
    return end - System.nanoTime();
  }

  /**
   * The time left, at least 1: for socket timeouts, where 0 means for ever.
   *
   * @throws SocketTimeoutException when none is left
   */
  public int millisLeft() throws SocketTimeoutException {
    long left = nanosLeft();
    if (left <= 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    return (int) Math.min(Integer.MAX_VALUE, NANOSECONDS.toMillis(left + ROUNDED_UP));
  }

  /**
   * Waits for the result. An interrupt does not end the wait, since others may depend on the one
   * who waits; it is kept for whoever looks next.
   *
   * @throws SocketTimeoutException when there is none in time
   */
  public <T> T await(CompletableFuture<T> result)
      throws SocketTimeoutException, ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(Math.max(0, nanosLeft()), NANOSECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        } catch (TimeoutException late) {
          SocketTimeoutException over = new SocketTimeoutException("the deadline has passed");
          over.initCause(late);
          throw over;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for a place, and takes it. An interrupt does not end the wait, and is kept.
   *
   * @return whether there was one in time
   */
  public boolean await(Semaphore places) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return places.tryAcquire(nanosLeft(), NANOSECONDS);
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
}
