package dev.holdfast.dpop;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A hash table of spent proofs, with open addressing: a mark of 64 bits and the last second at
 * which the proof could be accepted.
 *
 * <p><b>The clock may jump.</b> A record is dropped when the clock is past its end. Should the
 * clock then go back, proofs whose record is gone would be inside their window again; so the table
 * keeps the latest end among all records that it dropped, and takes no proof that ends by then.
 * That refuses what cannot be told, and nothing that was issued later: a jump forward and back
 * costs at most the proofs of one window.
 */
final class ReplayTable {
  private static final long FREE = 0;
  private static final int MIN_SLOTS = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong entries;
  private final long maxEntries;
  private long[] marks = new long[MIN_SLOTS];
  private int[] ends = new int[MIN_SLOTS];
  private int used;
  private int latestDropped = Integer.MIN_VALUE;
  private volatile int earliestEnd = Integer.MAX_VALUE;

  /**
   * An empty table.
   *
   * @param entries counts the records of all tables
   * @param maxEntries what that count never passes
   */
  ReplayTable(AtomicLong entries, long maxEntries) {
    this.entries = entries;
    this.maxEntries = maxEntries;
  }

  /** What became of a proof. */
  enum Result {
    FIRST,
    SPENT,
    /** No record is left of all that may be kept. */
    FULL
  }

  /**
   * Records the proof unless it is there.
   *
   * @param mark not zero
   * @param end its last second, in the same count as {@code now}
   */
  Result spend(long mark, int end, int now) {
    lock.lock();
    try {
      if (end <= latestDropped) {
        return Result.SPENT; // its record may be among the dropped ones
      }
      int slot = slotOf(mark);
      if (marks[slot] == mark) {
        return renew(slot, end, now);
      }
      if (used >= marks.length / 5 * 4) {
        rebuild(now);
        slot = slotOf(mark);
      }
      if (entries.incrementAndGet() > maxEntries) {
        entries.decrementAndGet();
        return Result.FULL;
      }
      put(slot, mark, end);
      return Result.FIRST;
    } finally {
      lock.unlock();
    }
  }

  /** Drops the records that have ended, if there are any. */
  boolean dropEnded(int now) {
    if (earliestEnd >= now) {
      return false;
    }
    lock.lock();
    try {
      int before = used;
      rebuild(now);
      return used < before;
    } finally {
      lock.unlock();
    }
  }

  /** What the arrays take. */
  long bytes() {
    lock.lock();
    try {
      return (long) marks.length * (Long.BYTES + Integer.BYTES);
    } finally {
      lock.unlock();
    }
  }

  /**
   * An identifier that was used before: again only when the record has ended, and by a later one.
   */
  private Result renew(int slot, int end, int now) {
    if (ends[slot] >= now || end <= ends[slot]) {
      return Result.SPENT;
    }
    ends[slot] = end; // which is later, so that the old proof stays spent for longer than it has to
    return Result.FIRST;
  }

  /** The slot with this mark, or the free one where it belongs. */
  private int slotOf(long mark) {
    int slot = (int) (((mark >>> 32) * marks.length) >>> 32);
    while (marks[slot] != mark && marks[slot] != FREE) {
      slot = slot + 1 == marks.length ? 0 : slot + 1;
    }
    return slot;
  }

  private void put(int slot, long mark, int end) {
    marks[slot] = mark;
    ends[slot] = end;
    used++;
    if (end < earliestEnd) {
      earliestEnd = end; // written under the lock alone
    }
  }

  /** Moves the records that have not ended to new arrays, with room for some more. */
  private void rebuild(int now) {
    long[] oldMarks = marks;
    int[] oldEnds = ends;
    int live = 0;
    for (int i = 0; i < oldMarks.length; i++) {
      if (oldMarks[i] != FREE && oldEnds[i] >= now) {
        live++;
      } else if (oldMarks[i] != FREE) {
        latestDropped = Math.max(latestDropped, oldEnds[i]);
      }
    }
    entries.addAndGet(live - used);
    marks = new long[MIN_SLOTS + live / 4 * 7];
    ends = new int[marks.length];
    used = 0;
    int earliest = Integer.MAX_VALUE;
    for (int i = 0; i < oldMarks.length; i++) {
      if (oldMarks[i] != FREE && oldEnds[i] >= now) {
        int slot = slotOf(oldMarks[i]);
        marks[slot] = oldMarks[i];
        ends[slot] = oldEnds[i];
        used++;
        earliest = Math.min(earliest, oldEnds[i]);
      }
    }
    earliestEnd = earliest;
  }
}
