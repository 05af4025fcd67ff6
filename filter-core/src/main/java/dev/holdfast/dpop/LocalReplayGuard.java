package dev.holdfast.dpop;

import dev.holdfast.ReplayGuard;
import dev.holdfast.Sha256Digest;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Remembers spent proofs in this process: each until it can be accepted no more, up to a bound, in
 * 16 to 32 bytes. When the bound is reached and no record has ended, the proof is refused.
 *
 * <p>There is no lock, no quota for a client, and no sweep: records that have ended are dropped a
 * few at a time, by the requests that come by. Which bucket and which mark a proof gets depends on
 * numbers that only this process knows, so nobody can aim at one. Bucket and mark together have
 * some 50 bits: two proofs that get the same ones cost the second a refusal, never the first its
 * protection.
 *
 * <p>The clock may jump: see {@link ReplayTable}. Safe for use by many threads.
 */
public final class LocalReplayGuard implements ReplayGuard {
  private final Clock clock;
  private final long maxEntries;
  private final long[] keys = new long[8];
  private volatile @Nullable ReplayTable table;
  private final LongAdder refusals = new LongAdder();

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
    this.maxEntries = maxEntries;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = random.nextLong();
    }
  }

  /** Made with the first proof: most services that could take proofs are never sent one. */
  private ReplayTable table() {
    ReplayTable known = table;
    return known == null ? made() : known;
  }

  private synchronized ReplayTable made() {
    ReplayTable known = table;
    if (known == null) {
      known = new ReplayTable(maxEntries);
      table = known;
    }
    return known;
  }

  /**
   * What the guard holds, and how often it was full.
   *
   * @param entries how many proofs are remembered, some of which may have ended
   * @param maxEntries how many may be
   * @param refusals proofs that were refused because the bound was reached, since the start
   */
  public record Statistics(long entries, long maxEntries, long refusals) {}

  @Override
  public Outcome spend(Sha256Digest proof, Instant acceptableUntil) {
    long place = mixed(proof, 0, 1) + mixed(proof, 2, 3);
    long mark = mixed(proof, 4, 6) ^ mixed(proof, 5, 7);
    long now = Math.floorDiv(clock.millis(), 1000L);
    Outcome outcome =
        table().spend((int) (place >>> 32), mark, acceptableUntil.getEpochSecond(), now);
    if (outcome == Outcome.UNAVAILABLE) {
      refusals.increment();
    }
    return outcome;
  }

  /** How many proofs are remembered, some of which may have ended. */
  public long entries() {
    ReplayTable known = table;
    return known == null ? 0 : known.entries();
  }

  /** What the guard holds at the moment of the look, and how often it was full. */
  public Statistics statistics() {
    return new Statistics(entries(), maxEntries, refusals.sum());
  }

  /** What the table's arrays take, in bytes. */
  long bytes() {
    return table().bytes();
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
