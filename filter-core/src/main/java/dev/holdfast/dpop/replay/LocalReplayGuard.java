package dev.holdfast.dpop.replay;

import dev.holdfast.Binding;
import dev.holdfast.ReplayGuard;
import dev.holdfast.Sha256Digest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers spent proofs in this process: each until it can be accepted no more, up to a bound, in
 * 16 to 32 bytes. When the bound is reached and no record has ended, the proof is refused.
 *
 * <p>One key cannot fill it for all others: it may have three times as many proofs in it as there
 * is room left, so that a key alone gets three quarters at most and three fifths at least, and a
 * few greedy ones leave some room, too. Beyond that its proofs are refused, and nobody else's.
 *
 * <p>There is no lock and no sweep: records that have ended are dropped a few at a time, by the
 * requests that come by. Which bucket and which mark a proof gets depends on numbers that only this
 * process knows, so nobody can aim at one. Bucket and mark together have some 50 bits: two proofs
 * that get the same ones cost the second a refusal, never the first its protection.
 *
 * <p>The clock may jump: see {@link ReplayTable}. Safe for use by many threads.
 */
public final class LocalReplayGuard implements ReplayGuard {
  private static final long TIMES_THE_ROOM_LEFT = 3;

  private final Clock clock;
  private final long maxEntries;
  private final Duration proofWindow;
  private final long[] keys = new long[8];
  private volatile @Nullable Memory memory;
  private final LongAdder refusals = new LongAdder();

  /**
   * A guard that remembers nothing yet.
   *
   * @param maxEntries how many proofs at most are remembered at a time
   * @param proofWindow how long a proof can be accepted, clock skew on both sides included
   * @param random makes the numbers that only this process knows; a secure one
   */
  public LocalReplayGuard(
      long maxEntries, Duration proofWindow, Clock clock, RandomGenerator random) {
    if (maxEntries < 1) {
      throw new IllegalArgumentException("a replay guard remembers one proof at least");
    }
    this.clock = clock;
    this.maxEntries = maxEntries;
    this.proofWindow = proofWindow;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = random.nextLong();
    }
  }

  /** What a guard of this size takes once it has seen a proof, in bytes. */
  public static long bytes(long maxEntries) {
    return ReplayTable.bytes(maxEntries);
  }

  private record Memory(ReplayTable table, KeyShares shares) {}

  /** Made with the first proof: most services that could take proofs are never sent one. */
  private Memory memory() {
    Memory known = memory;
    return known == null ? made() : known;
  }

  private synchronized Memory made() {
    Memory known = memory;
    if (known == null) {
      known =
          new Memory(
              new ReplayTable(maxEntries), new KeyShares(maxEntries, proofWindow.toSeconds()));
      memory = known;
    }
    return known;
  }

  /**
   * What the guard holds, and how often it was full.
   *
   * @param entries how many proofs are remembered, some of which may have ended
   * @param maxEntries how many may be
   * @param refusals proofs that were refused because the bound, or the share of their key, was
   *     reached, since the start
   */
  public record Statistics(long entries, long maxEntries, long refusals) {}

  @Override
  public Outcome spend(Sha256Digest proof, Instant acceptableUntil) {
    return counted(record(proof, acceptableUntil.getEpochSecond(), now()));
  }

  @Override
  public Outcome spend(Binding key, Sha256Digest proof, Instant acceptableUntil) {
    long now = now();
    long end = acceptableUntil.getEpochSecond();
    Memory known = memory();
    long hash = mixed(key.digest(), 0, 1) + mixed(key.digest(), 2, 3);
    long own = known.shares.of(hash, now);
    if (!known.table.hasRoomFor(own / TIMES_THE_ROOM_LEFT, now)) {
      return counted(Outcome.UNAVAILABLE);
    }
    Outcome outcome = record(proof, end, now);
    if (outcome == Outcome.FIRST) {
      known.shares.add(hash, end, now);
    }
    return counted(outcome);
  }

  private long now() {
    return Math.floorDiv(clock.millis(), 1000L);
  }

  private Outcome record(Sha256Digest proof, long end, long now) {
    long place = mixed(proof, 0, 1) + mixed(proof, 2, 3);
    long mark = mixed(proof, 4, 6) ^ mixed(proof, 5, 7);
    return memory().table.spend((int) (place >>> 32), mark, end, now);
  }

  private Outcome counted(Outcome outcome) {
    if (outcome == Outcome.UNAVAILABLE) {
      refusals.increment();
    }
    return outcome;
  }

  /** How many proofs are remembered, some of which may have ended. */
  public long entries() {
    Memory known = memory;
    return known == null ? 0 : known.table.entries();
  }

  /** What the guard holds at the moment of the look, and how often it was full. */
  public Statistics statistics() {
    return new Statistics(entries(), maxEntries, refusals.sum());
  }

  /** What the table's arrays take, in bytes. */
  public long bytes() {
    return memory().table.bytes() + memory().shares.bytes();
  }

  /** Half of a universal hash of the digest: a product of two words, each keyed. */
  private long mixed(Sha256Digest digest, int first, int second) {
    long a = digest.word(first & 3) ^ keys[first];
    long b = digest.word(second & 3) ^ keys[second];
    return Math.multiplyHigh(a, b) ^ a * b;
  }

  @Override
  public String toString() {
    return "LocalReplayGuard[" + entries() + " of " + maxEntries + "]";
  }
}
