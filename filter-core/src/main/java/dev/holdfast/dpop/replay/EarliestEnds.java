package dev.holdfast.dpop.replay;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;

/**
 * For each group of buckets a second before which none of its records ends: where to look for room,
 * and where not.
 */
final class EarliestEnds {
  private static final int MAX_GROUPS = 4096;
  private static final int BUCKETS_PER_GROUP = 64;

  /** After so many groups without anything to drop, nobody looks on for the request at hand. */
  private static final int MAX_VAIN_LOOKS = 128;

  private final AtomicLongArray ends;
  private final int shift;

  /** Where the next look begins; the groups behind it had theirs most lately. */
  private volatile int hand;

  /** For a power of two. */
  EarliestEnds(int buckets) {
    int perGroup = Math.min(buckets, Math.max(BUCKETS_PER_GROUP, buckets / MAX_GROUPS));
    long[] never = new long[buckets / perGroup];
    Arrays.fill(never, Long.MAX_VALUE);
    this.ends = new AtomicLongArray(never);
    this.shift = Integer.numberOfTrailingZeros(perGroup);
  }

  /** Drops what has ended in some buckets, and tells the earliest end of what is left there. */
  interface Sweep {
    /**
     * From the first bucket to the one before the last.
     *
     * @return the earliest end, or the greatest number where nothing is left
     */
    long dropEnded(int first, int last);
  }

  /** A record was added to this bucket. */
  void lower(int bucket, long end) {
    int group = bucket >>> shift;
    if (end < ends.get(group)) {
      ends.accumulateAndGet(group, end, Math::min);
    }
  }

  /**
   * Sweeps groups that may have records which have ended, until there is room.
   *
   * @return whether there is
   */
  boolean sweep(long now, Sweep sweep, BooleanSupplier room) {
    int first = hand;
    int looks = 0;
    for (int i = 0; i < ends.length() && looks < MAX_VAIN_LOOKS; i++) {
      int group = (first + i) & (ends.length() - 1);
      if (ends.get(group) < now) {
        hand = group + 1;
        ends.set(group, Long.MAX_VALUE); // whoever adds a record from here on lowers it again
        long earliest = sweep.dropEnded(group << shift, (group + 1) << shift);
        ends.accumulateAndGet(group, earliest, Math::min);
        looks++;
      }
      if (room.getAsBoolean()) {
        return true;
      }
    }
    return room.getAsBoolean();
  }

  long bytes() {
    return (long) ends.length() * Long.BYTES;
  }
}
