package dev.holdfast.dpop.replay;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * About how many spent proofs each key has in the guard: never fewer than there are, and seldom
 * more than twice as many. A sketch with two rows of counters; a key has one in each, and the lower
 * one counts. It takes a few hundred kilobytes at most, whatever the number of keys.
 *
 * <p>Time is cut into periods as long as a proof can be accepted, so that whatever lives ends in
 * the current period or in the next one. A counter is one number: the low 16 bits of the period,
 * and 24 bits each for what ends in it and in the next one. Safe for use by many threads.
 */
final class KeyShares {
  private static final int MAX_COLUMNS = 1 << 14;
  private static final int MIN_COLUMNS = 1 << 6;
  private static final int PROOFS_PER_COLUMN = 16;
  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long PERIOD_MASK = (1L << 16) - 1;

  private final AtomicLongArray counters;
  private final int columns;
  private final long period;

  /**
   * Counters at zero.
   *
   * @param maxEntries how many proofs the guard remembers
   * @param periodSeconds how long a proof can be accepted at most
   */
  KeyShares(long maxEntries, long periodSeconds) {
    long wanted = Math.max(MIN_COLUMNS, Math.min(MAX_COLUMNS, maxEntries / PROOFS_PER_COLUMN));
    this.columns = Math.toIntExact(Long.highestOneBit(wanted));
    this.counters = new AtomicLongArray(2 * columns);
    this.period = Math.max(1, periodSeconds);
  }

  /** How many proofs this key has, by the keyed hash of it. */
  long of(long hash, long now) {
    long current = Math.floorDiv(now, period);
    return Math.min(
        count(counters.get(first(hash)), current), count(counters.get(second(hash)), current));
  }

  /** One more, which ends in this second. */
  void add(long hash, long end, long now) {
    long current = Math.floorDiv(now, period);
    boolean endsLater = Math.floorDiv(end, period) > current;
    add(first(hash), current, endsLater);
    add(second(hash), current, endsLater);
  }

  private void add(int counter, long current, boolean endsLater) {
    while (true) {
      long found = counters.get(counter);
      long ending = ending(found, current);
      long later = later(found, current);
      if (endsLater) {
        later = Math.min(COUNT_MASK, later + 1);
      } else {
        ending = Math.min(COUNT_MASK, ending + 1);
      }
      long now = (current & PERIOD_MASK) << (2 * COUNT_BITS) | ending << COUNT_BITS | later;
      if (counters.compareAndSet(counter, found, now)) {
        return;
      }
    }
  }

  private static long count(long counter, long current) {
    return ending(counter, current) + later(counter, current);
  }

  private static long ending(long counter, long current) {
    if (isOf(counter, current)) {
      return (counter >>> COUNT_BITS) & COUNT_MASK;
    }
    return isOf(counter, current - 1) ? counter & COUNT_MASK : 0;
  }

  private static long later(long counter, long current) {
    return isOf(counter, current) ? counter & COUNT_MASK : 0;
  }

  private static boolean isOf(long counter, long period) {
    return counter >>> (2 * COUNT_BITS) == (period & PERIOD_MASK);
  }

  private int first(long hash) {
    return (int) (hash & (columns - 1));
  }

  private int second(long hash) {
    return columns + (int) ((hash >>> 32) & (columns - 1));
  }

  long bytes() {
    return (long) counters.length() * Long.BYTES;
  }
}
