package dev.holdfast.dpop;

import dev.holdfast.ReplayGuard;
import dev.holdfast.Sha256Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Remembers spent proofs in this process: each until it can be accepted no more, up to a bound, in
 * about 20 bytes. When the bound is reached and no record has ended, the proof is refused.
 *
 * <p>Records live in a thousand small tables, each with a lock of its own that is held for a few
 * memory accesses; records that have ended are dropped table by table, never in one sweep. Which
 * table and which mark a proof gets depends on numbers that only this process knows, so nobody can
 * aim at one. Marks have 64 bits: two proofs that get the same one cost the second a refusal, never
 * the first its protection.
 *
 * <p>The clock may jump: see {@link ReplayTable}. Safe for use by many threads.
 */
public final class LocalReplayGuard implements ReplayGuard {
  private static final int MAX_TABLES = 1024;
  private static final int RECORDS_PER_TABLE = 512;

  private final Clock clock;
  private final long epoch;
  private final long maxEntries;
  private final AtomicLong entries = new AtomicLong();
  private final long[] keys = new long[8];
  private final ReplayTable[] tables;

  /**
   * A guard that remembers nothing yet.
   *
   * @param maxEntries how many proofs at most are remembered at a time
   * @param random makes the numbers that only this process knows; a secure one
   */
  public LocalReplayGuard(long maxEntries, Clock clock, RandomGenerator random) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("a replay guard remembers one proof at least");
    }
    this.clock = clock;
    this.epoch = clock.instant().getEpochSecond();
    this.maxEntries = maxEntries;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = random.nextLong();
    }
    long wanted = Long.highestOneBit(Math.max(1, maxEntries / RECORDS_PER_TABLE));
    this.tables = new ReplayTable[(int) Math.min(MAX_TABLES, wanted)];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = new ReplayTable(entries, maxEntries);
    }
  }

  @Override
  public Outcome spend(Sha256Digest proof, Instant acceptableUntil) {
    long place = mixed(proof, 0, 1) + mixed(proof, 2, 3);
    long mark = mixed(proof, 4, 6) ^ mixed(proof, 5, 7);
    int end = Math.toIntExact(acceptableUntil.getEpochSecond() - epoch);
    int now = Math.toIntExact(clock.instant().getEpochSecond() - epoch);
    int own = (int) (place >>> 32) & (tables.length - 1);
    long nonZero = mark == 0 ? 1 : mark;
    while (true) {
      ReplayTable.Result result = tables[own].spend(nonZero, end, now);
      if (result == ReplayTable.Result.FIRST) {
        return Outcome.FIRST;
      }
      if (result == ReplayTable.Result.SPENT) {
        return Outcome.SPENT;
      }
      if (!madeRoom(own, now)) {
        return Outcome.UNAVAILABLE;
      }
    }
  }

  /** How many proofs are remembered, some of which may have ended. */
  public long entries() {
    return entries.get();
  }

  /** What the tables' arrays take, in bytes. */
  long bytes() {
    long bytes = 0;
    for (ReplayTable table : tables) {
      bytes += table.bytes();
    }
    return bytes;
  }

  /** Drops what has ended in the first table that has such records, and in no other. */
  private boolean madeRoom(int own, int now) {
    for (int i = 0; i < tables.length; i++) {
      if (tables[(own + i) & (tables.length - 1)].dropEnded(now)) {
        return true;
      }
    }
    return entries.get() < maxEntries;
  }

  /** Half of a universal hash of the digest: a product of two words, each keyed. */
  private long mixed(Sha256Digest digest, int first, int second) {
    long a = digest.word(first & 3) ^ keys[first];
    long b = digest.word(second & 3) ^ keys[second];
    return Math.multiplyHigh(a, b) ^ a * b;
  }

  @Override
  public String toString() {
    return "LocalReplayGuard[" + entries + " of " + maxEntries + "]";
  }
}
