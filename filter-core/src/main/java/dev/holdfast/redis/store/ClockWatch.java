package dev.holdfast.redis.store;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Knows which records may be gone from Redis although this node's clock says that they should be
 * there. A record lives for a span of time that is computed when it is made; should the clock be
 * set back later, the span is over before the clock is at the record's end. So the clock is
 * compared with one that nobody sets.
 */
public final class ClockWatch {
  /** The clock against the steady one at its most, and the latest end of a record under it. */
  private record Seen(long ahead, long latestEnd) {}

  private final LongSupplier steadyNanos;
  private final AtomicReference<Seen> seen =
      new AtomicReference<>(new Seen(Long.MIN_VALUE / 2, Long.MIN_VALUE));

  /** A watch over a clock that nobody sets. */
  public ClockWatch(LongSupplier steadyNanos) {
    this.steadyNanos = steadyNanos;
  }

  /**
   * Whether a record with that end may have been made, and be over.
   *
   * @param end in milliseconds, on the clock that may be set
   * @param spare for how much longer than to its end a record lives, in milliseconds
   */
  public boolean mayBeGone(long end, long spare) {
    Seen before = Objects.requireNonNull(seen.get());
    return end <= before.latestEnd() && end + spare <= before.ahead() + steadyMillis();
  }

  /** A record with that end is made at that moment. */
  public void made(long now, long end) {
    Seen before = Objects.requireNonNull(seen.get());
    long ahead = now - steadyMillis();
    if (ahead > before.ahead() || end > before.latestEnd()) {
      seen.accumulateAndGet(new Seen(ahead, end), ClockWatch::most);
    }
  }

  private static Seen most(Seen one, Seen other) {
    return new Seen(
        Math.max(one.ahead(), other.ahead()), Math.max(one.latestEnd(), other.latestEnd()));
  }

  private long steadyMillis() {
    return steadyNanos.getAsLong() / 1_000_000;
  }
}
