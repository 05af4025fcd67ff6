package dev.holdfast.dpop.replay;

import dev.holdfast.ReplayGuard.Outcome;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A hash table of spent proofs in one array, without locks. A bucket is as large as a line of the
 * processor's cache: seven records, and the latest end among the records that found no room in it
 * and went on to the next one. Records never move.
 *
 * <p><b>One winner.</b> A record is added as a tentative one. Its thread then looks through the
 * bucket once more: it gives way to a confirmed record of the same proof, and to a tentative one
 * that stands before its own; it removes a tentative one behind its own; and then it confirms its
 * own, unless somebody has removed that. Of two threads the one that added its record later sees
 * the other's, so they never both confirm, and the record in front gives way to a confirmed one
 * only, so one of them does.
 *
 * <p><b>The clock may jump.</b> A record is dropped when the clock is past its end. Should the
 * clock then go back, proofs whose record is gone would be inside their window again; so the table
 * keeps the latest end among all records that it dropped, and takes no proof that ends by then.
 * That refuses what cannot be told, and nothing that was issued later: a jump forward and back
 * costs at most the proofs of one window.
 */
final class ReplayTable {
  private static final int BUCKET = 8;
  private static final int RECORDS = 7;
  private static final int MEAN_RECORDS = 4; // at most, when the bound is reached
  private static final int MAX_BUCKETS = 1 << 27;

  /** With the array's header before it, a multiple of 64 bytes. */
  private static final int START = 6;

  /** Instead of a slot: there is a record of the proof, or no room. */
  private static final int FOUND = -1;

  private static final int NO_ROOM = -2;

  private final long maxEntries;
  private final AtomicLong entries = new AtomicLong();
  private final AtomicLong latestDropped = new AtomicLong(Long.MIN_VALUE);
  private final int buckets;
  private final AtomicLongArray words;
  private final EarliestEnds earliestEnds;

  ReplayTable(long maxEntries) {
    this.maxEntries = maxEntries;
    this.buckets = buckets(maxEntries);
    this.words = new AtomicLongArray(START + buckets * BUCKET);
    this.earliestEnds = new EarliestEnds(buckets);
  }

  private static int buckets(long maxEntries) {
    long wanted = Math.min(MAX_BUCKETS, Math.max(1, maxEntries / MEAN_RECORDS));
    return Math.toIntExact(Long.highestOneBit(2 * wanted - 1));
  }

  /** What the array of a table takes that remembers so many, in bytes. */
  static long bytes(long maxEntries) {
    return (START + (long) buckets(maxEntries) * BUCKET) * Long.BYTES;
  }

  /**
   * Whether there is room for more than so many records, once those that have ended are dropped as
   * far as needed.
   */
  boolean hasRoomFor(long records, long now) {
    return maxEntries - entries.get() > records
        || earliestEnds.sweep(
            now,
            (first, last) -> dropEnded(first, last, now),
            () -> maxEntries - entries.get() > records);
  }

  /**
   * Records the proof unless it is there. Unavailable when no record is left of all that may be
   * kept, and none has ended.
   *
   * @param hash chooses the bucket
   * @param mark tells the proofs of one bucket from each other
   * @param end its last second
   */
  Outcome spend(int hash, long mark, long end, long now) {
    if (end < now || end <= latestDropped.get()) {
      return Outcome.SPENT; // it is over, or its record may be among the dropped ones
    }
    if (!ReplayRecord.isInReach(end, now)) {
      return Outcome.UNAVAILABLE;
    }
    long own = ReplayRecord.tentative(mark, end);
    int home = hash & (buckets - 1);
    while (true) {
      int slot = slotFor(home, own, now);
      if (slot == FOUND) {
        return Outcome.SPENT;
      }
      if (slot == NO_ROOM || !reserved(now)) {
        return Outcome.UNAVAILABLE;
      }
      passed(home, slot, end);
      if (words.compareAndSet(slot, ReplayRecord.NONE, own)) {
        earliestEnds.lower(bucketOf(slot), end);
        return confirmed(home, slot, own, now) ? Outcome.FIRST : Outcome.SPENT;
      }
      entries.decrementAndGet();
    }
  }

  /** How many records there are, some of which may have ended. */
  long entries() {
    return entries.get();
  }

  /** What the arrays take. */
  long bytes() {
    return (long) words.length() * Long.BYTES + earliestEnds.bytes();
  }

  /** A free slot, the first one, if there is no record of this proof. */
  private int slotFor(int home, long own, long now) {
    int free = NO_ROOM;
    for (int bucket = home; ; bucket = next(bucket)) {
      int first = slotOf(bucket);
      for (int slot = first; slot < first + RECORDS; slot++) {
        long found = words.get(slot);
        if (found != ReplayRecord.NONE && !dropped(slot, found, now)) {
          if (ReplayRecord.isOf(own, found) && ReplayRecord.end(found, now) >= now) {
            return FOUND;
          }
        } else if (free < 0) {
          free = slot;
        }
      }
      if ((free >= 0 && words.get(first + RECORDS) < now) || next(bucket) == home) {
        return free;
      }
    }
  }

  /** Writes on the buckets before the slot's that a record went on from there. */
  private void passed(int home, int slot, long end) {
    for (int bucket = home; bucket != bucketOf(slot); bucket = next(bucket)) {
      words.accumulateAndGet(slotOf(bucket) + RECORDS, end, Math::max);
    }
  }

  /** Whether this thread is the first one with the proof. */
  private boolean confirmed(int home, int own, long tentative, long now) {
    boolean behind = false;
    for (int bucket = home; ; bucket = next(bucket)) {
      int first = slotOf(bucket);
      for (int slot = first; slot < first + RECORDS; slot++) {
        if (slot == own) {
          behind = true;
        } else if (!givesWay(slot, tentative, behind, now)) {
          return withdrawn(own);
        }
      }
      if ((behind && words.get(first + RECORDS) < now) || next(bucket) == home) {
        break;
      }
    }
    boolean forgotten = ReplayRecord.end(tentative, now) <= latestDropped.get();
    if (!forgotten && words.compareAndSet(own, tentative, ReplayRecord.confirmed(tentative))) {
      return true;
    }
    return withdrawn(own);
  }

  /** Whether no other record of the proof stands in this slot, or none any more. */
  private boolean givesWay(int slot, long tentative, boolean behind, long now) {
    while (true) {
      long found = words.get(slot);
      if (!ReplayRecord.isOf(tentative, found) || ReplayRecord.end(found, now) < now) {
        return true;
      }
      if (ReplayRecord.isConfirmed(found) || !behind) {
        return false;
      }
      words.compareAndSet(slot, found, ReplayRecord.removed(found));
    }
  }

  /** Nobody else writes a slot whose record is not confirmed, but to mark it as removed. */
  private boolean withdrawn(int own) {
    words.set(own, ReplayRecord.NONE);
    entries.decrementAndGet();
    return false;
  }

  /** Drops a record that has ended. */
  private boolean dropped(int slot, long found, long now) {
    long end = ReplayRecord.end(found, now);
    if (end >= now || !ReplayRecord.isConfirmed(found)) {
      return false;
    }
    if (latestDropped.get() < end) {
      latestDropped.accumulateAndGet(end, Math::max); // before anybody can miss the record
    }
    if (words.compareAndSet(slot, found, ReplayRecord.NONE)) {
      entries.decrementAndGet();
    }
    return words.get(slot) == ReplayRecord.NONE;
  }

  /** Counts one record more, if there may be one. */
  private boolean reserved(long now) {
    while (entries.incrementAndGet() > maxEntries) {
      entries.decrementAndGet();
      if (!earliestEnds.sweep(
          now, (first, last) -> dropEnded(first, last, now), () -> entries.get() < maxEntries)) {
        return false;
      }
    }
    return true;
  }

  private long dropEnded(int firstBucket, int lastBucket, long now) {
    long earliest = Long.MAX_VALUE;
    for (int slot = slotOf(firstBucket); slot < slotOf(lastBucket); slot++) {
      long found = words.get(slot);
      boolean isRecord = ((slot - START) & (BUCKET - 1)) != RECORDS && found != ReplayRecord.NONE;
      if (isRecord && !dropped(slot, found, now)) {
        earliest = Math.min(earliest, ReplayRecord.end(found, now));
      }
    }
    return earliest;
  }

  private int next(int bucket) {
    return (bucket + 1) & (buckets - 1);
  }

  private static int slotOf(int bucket) {
    return START + bucket * BUCKET;
  }

  private static int bucketOf(int slot) {
    return (slot - START) / BUCKET;
  }
}
