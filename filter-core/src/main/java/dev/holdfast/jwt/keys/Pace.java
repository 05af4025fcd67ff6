package dev.holdfast.jwt.keys;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one caller pass in each interval, without a lock. A clock that jumps counts as elapsed. */
final class Pace {
  private static final long NEVER = Long.MIN_VALUE;

  private final long intervalMillis;
  private final AtomicLong last = new AtomicLong(NEVER);

  Pace(Duration interval) {
    this.intervalMillis = interval.toMillis();
  }

  boolean tryPass(long nowMillis) {
    long before = last.get();
    return elapsed(before, nowMillis) >= intervalMillis && last.compareAndSet(before, nowMillis);
  }

  /** Somebody passes who waited for it. */
  void pass(long nowMillis) {
    last.set(nowMillis);
  }

  /** How long it takes until somebody may pass again; 0 when one may now. */
  long millisToNext(long nowMillis) {
    long gone = elapsed(last.get(), nowMillis);
    return gone >= intervalMillis ? 0 : intervalMillis - gone;
  }

  /** Milliseconds between the two, whichever way the clock went. */
  static long elapsed(long thenMillis, long nowMillis) {
    return thenMillis == NEVER ? Long.MAX_VALUE : Math.abs(nowMillis - thenMillis);
  }
}
