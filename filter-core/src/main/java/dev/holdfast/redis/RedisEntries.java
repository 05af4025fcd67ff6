package dev.holdfast.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Small entries in Redis that may be lost at any time: a cache that nodes share. It has a
 * connection of its own, so that it never delays a replay guard.
 *
 * <p>A method returns at once. Its future completes within the deadline, and exceptionally where
 * Redis cannot be reached, answers with an error, or does not answer in time; the message is fit
 * for a log. Such a change may have been made or not. When this is closed, futures are cancelled.
 * Whoever is called back must not block.
 *
 * <p>Redis may drop entries when it is full, and may have any {@code maxmemory-policy}.
 */
public interface RedisEntries extends AutoCloseable {

  /** What lies under a name. */
  final class Found {
    private final byte @Nullable [] value;
    private final long leftMillis;
    private final boolean claimed;

    /**
     * What a look has brought.
     *
     * @param value the entry, or null
     * @param leftMillis for how long the store still keeps it at least; without a value, or where
     *     it has no end, it is negative
     * @param claimed whether somebody has claimed the name
     */
    public Found(byte @Nullable [] value, long leftMillis, boolean claimed) {
      this.value = value == null ? null : value.clone();
      this.leftMillis = leftMillis;
      this.claimed = claimed;
    }

    /** The entry, or null. */
    public byte @Nullable [] value() {
      return value == null ? null : value.clone();
    }

    /** For how long the store still keeps the entry at least; negative where it has no end. */
    public long leftMillis() {
      return leftMillis;
    }

    /** Whether somebody has claimed the name. */
    public boolean claimed() {
      return claimed;
    }
  }

  /** Waits for the first connection, for that long at most. */
  void awaitConnection(Duration patience);

  /** Looks an entry up, and whether its name is claimed. */
  CompletableFuture<Found> find(String name);

  /** Claims a name for that long; false where somebody else has it. */
  CompletableFuture<Boolean> claim(String name, Duration life);

  /** Ends a claim, whoever has it. */
  CompletableFuture<?> release(String name);

  /** Keeps an entry for that long, instead of any other one. */
  CompletableFuture<?> put(String name, byte[] value, Duration life);

  /** Forgets an entry. */
  CompletableFuture<?> remove(String name);

  /**
   * Adds to a number that is forgotten that long after its first addition.
   *
   * @return the sum, this addition included
   */
  CompletableFuture<Long> add(String counter, long amount, Duration life);

  /** Ends the connection and its threads; from here on everything fails. */
  @Override
  void close();
}
