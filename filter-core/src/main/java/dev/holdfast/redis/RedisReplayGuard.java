package dev.holdfast.redis;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard;
import dev.holdfast.Sha256Digest;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.address.RedisTls;
import dev.holdfast.redis.store.ClockWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A replay guard that several nodes share: of all their requests with one proof one is the first.
 *
 * <p>A proof costs one round trip, {@code SET key 1 NX PX life}, and never more time than the
 * deadline. Whatever is not a plain answer is {@link Outcome#UNAVAILABLE}: an error, no connection,
 * no answer in time. Such a proof may have been recorded or not, and is refused either way. While
 * Redis cannot be reached nothing waits in a queue, and as soon as it can be reached again the
 * guard works again. A Redis that drops records when it is full ({@code maxmemory} with a {@code
 * maxmemory-policy} other than {@code noeviction}), or that does not tell ({@code INFO}), is as
 * good as none: every proof is refused.
 *
 * <p>The key is a digest of the proof's key and identifier, so nothing in Redis helps anybody. A
 * record lives to the end of its proof by this node's clock, and ten seconds longer, by which the
 * nodes' clocks may differ.
 *
 * <p>Safe for use by many threads.
 */
public final class RedisReplayGuard implements ReplayGuard, AutoCloseable {
  /** By how much the clocks of the nodes may differ, in milliseconds. */
  private static final long CLOCKS_DIFFER = 10_000;

  private final String keyPrefix;
  private final Clock clock;
  private final ClockWatch watch;
  private final SharedRecords records;
  private final LongAdder first = new LongAdder();
  private final LongAdder spent = new LongAdder();
  private final LongAdder unavailable = new LongAdder();

  RedisReplayGuard(String keyPrefix, Clock clock, LongSupplier steadyNanos, SharedRecords records) {
    this.keyPrefix = keyPrefix;
    this.clock = clock;
    this.watch = new ClockWatch(steadyNanos);
    this.records = records;
  }

  /**
   * A guard in this Redis; nothing is connected yet.
   *
   * @param method whose proofs are spent there; each one counts once
   */
  public static Builder at(RedisAddress address, ConfirmationMethod method) {
    if (!method.countsOnce()) {
      throw new IllegalArgumentException("no proof of " + method + " is ever spent");
    }
    return new Builder(address, "holdfast:" + method.propertyName() + ":");
  }

  /**
   * What became of the proofs so far.
   *
   * @param first proofs that were spent
   * @param spent proofs that were refused as spent before
   * @param unavailable proofs that were refused because Redis could not be asked
   * @param connected whether there is a connection at the moment of the look
   */
  public record Statistics(long first, long spent, long unavailable, boolean connected) {}

  @Override
  public Outcome spend(Sha256Digest proof, Instant acceptableUntil) {
    long end = end(acceptableUntil);
    long now = clock.millis();
    return counted(
        isTooOld(end, now) ? Outcome.SPENT : records.add(key(proof), end, life(end, now)));
  }

  @Override
  public CompletionStage<Outcome> spendAsync(
      Binding key, Sha256Digest proof, Instant acceptableUntil) {
    long end = end(acceptableUntil);
    long now = clock.millis();
    return isTooOld(end, now)
        ? CompletableFuture.completedFuture(counted(Outcome.SPENT))
        : records.addAsync(key(proof), end, life(end, now)).thenApply(this::counted);
  }

  private static long end(Instant acceptableUntil) {
    return (acceptableUntil.getEpochSecond() + 1) * 1000;
  }

  /** Whether nobody can tell whether it was spent; the watch sees every proof that is none. */
  private boolean isTooOld(long end, long now) {
    if (end <= now || watch.mayBeGone(end, CLOCKS_DIFFER)) {
      return true;
    }
    watch.made(now, end);
    return false;
  }

  private String key(Sha256Digest proof) {
    return keyPrefix + proof.toBase64Url();
  }

  private static long life(long end, long now) {
    return end - now + CLOCKS_DIFFER;
  }

  private Outcome counted(Outcome outcome) {
    switch (outcome) {
      case FIRST -> first.increment();
      case SPENT -> spent.increment();
      case UNAVAILABLE -> unavailable.increment();
    }
    return outcome;
  }

  /** What became of the proofs so far. */
  public Statistics statistics() {
    return new Statistics(first.sum(), spent.sum(), unavailable.sum(), records.isConnected());
  }

  /**
   * What makes this Redis unfit to remember proofs, such as a {@code maxmemory-policy} that drops
   * records: for a start that would rather stop. Every proof is refused for as long as that lasts.
   *
   * @param patience for how long to wait for the first look at it
   * @return null when nothing does, and when Redis cannot be asked yet
   */
  public @Nullable String unfit(Duration patience) {
    return records.unfit(patience);
  }

  /** Ends the connection and its threads; from here on every proof is refused. */
  @Override
  public void close() {
    records.close();
  }

  /** No address and no record. */
  @Override
  public String toString() {
    return "RedisReplayGuard[" + statistics() + "]";
  }

  /** Says how to reach Redis; each method replaces a default. */
  public static final class Builder {
    private final RedisAddress address;
    private RedisOptions options = RedisOptions.DEFAULTS;
    private Duration proofWindow = Duration.ZERO;
    private String keyPrefix;
    private Clock clock = Clock.systemUTC();

    private Builder(RedisAddress address, String keyPrefix) {
      this.address = address;
      this.keyPrefix = keyPrefix;
    }

    /** For how long a request waits at most: half a second; from 1 ms to 10 s. */
    public Builder deadline(Duration deadline) {
      this.options = options.withDeadline(deadline);
      return this;
    }

    /** How to speak to Redis, the deadline included. */
    public Builder options(RedisOptions options) {
      this.options = options;
      return this;
    }

    /**
     * For how long a proof can be accepted from the earliest moment to the last: its lifetime and
     * twice the clock skew.
     *
     * <p>A Redis without persistence has forgotten everything when it starts, one that is full may
     * have dropped records, and a replica that takes over may lack the last ones. Each new
     * connection, and a look once a second, shows such an event. With a window given, proofs which
     * could have been spent before it are refused as {@link Outcome#UNAVAILABLE}: for callers whose
     * clock is right, for as long as the skew, once. Without a window (the default) such a proof
     * could be used once more.
     */
    public Builder proofWindow(Duration window) {
      if (window.isNegative()) {
        throw new IllegalArgumentException("a window is not negative");
      }
      this.proofWindow = window;
      return this;
    }

    /**
     * What all keys begin with; by default {@code holdfast:} and the method's name, such as {@code
     * holdfast:dpop:}. Nodes that share proofs share it.
     */
    public Builder keyPrefix(String keyPrefix) {
      this.keyPrefix = keyPrefix;
      return this;
    }

    /** The TLS of {@code rediss://}; the JVM's trust store and no certificate by default. */
    public Builder tls(RedisTls tls) {
      this.options = options.withTls(tls);
      return this;
    }

    /** The clock that proofs are judged by; the system's. */
    public Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * A guard that begins to connect. It does not wait for Redis: as long as that is not there,
     * every proof is {@link Outcome#UNAVAILABLE}.
     *
     * @throws LettuceMissingException when Lettuce is not on the class path
     */
    public RedisReplayGuard connect() {
      return connect(RedisReplayGuard.class.getClassLoader());
    }

    RedisReplayGuard connect(@Nullable ClassLoader loader) {
      try {
        Class.forName("io.lettuce.core.RedisClient", false, loader);
      } catch (ClassNotFoundException e) {
        throw new LettuceMissingException(e);
      }
      SharedRecords records = LettuceRecords.open(address, options, proofWindow, clock);
      return new RedisReplayGuard(keyPrefix, clock, System::nanoTime, records);
    }
  }
}
