package dev.holdfast.dpop.replay;

/**
 * A spent proof in one number: 34 bits that tell it from the others of its bucket, two bits of
 * state, and the low 28 bits of the last second at which it could be accepted, from which the whole
 * second follows while it is less than four years away.
 */
final class ReplayRecord {
  /** No record. */
  static final long NONE = 0;

  private static final int END_BITS = 28;
  private static final long END_MASK = (1L << END_BITS) - 1;
  private static final long TENTATIVE = 1L << END_BITS;
  private static final long REMOVED = 2L << END_BITS;
  private static final long STATE_MASK = TENTATIVE | REMOVED;
  private static final long LEAST_MARK = 4L << END_BITS;
  private static final long MARK_MASK = -LEAST_MARK;

  private ReplayRecord() {}

  /** A tentative record: its thread has not seen yet whether another one was first. */
  static long tentative(long hash, long end) {
    long mark = hash & MARK_MASK;
    return (mark == 0 ? LEAST_MARK : mark) | TENTATIVE | (end & END_MASK);
  }

  /** The same, when its thread was first. */
  static long confirmed(long replayRecord) {
    return replayRecord & ~STATE_MASK;
  }

  /** The same, when another thread was first; its own thread clears it away. */
  static long removed(long replayRecord) {
    return confirmed(replayRecord) | REMOVED;
  }

  static boolean isConfirmed(long replayRecord) {
    return (replayRecord & STATE_MASK) == 0;
  }

  /** Whether this is a record of the same proof, tentative or confirmed. */
  static boolean isOf(long own, long replayRecord) {
    return ((own ^ replayRecord) & MARK_MASK) == 0 && (replayRecord & REMOVED) == 0;
  }

  /** The last second, seen from {@code now}. */
  static long end(long replayRecord, long now) {
    return now + ((replayRecord - now) << (Long.SIZE - END_BITS) >> (Long.SIZE - END_BITS));
  }

  /** Whether this end can be told from its low bits at {@code now}. */
  static boolean isInReach(long end, long now) {
    return end - now < 1L << (END_BITS - 1);
  }
}
