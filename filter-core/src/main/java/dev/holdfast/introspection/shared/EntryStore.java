package dev.holdfast.introspection.shared;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where the nodes keep their common entries. Nothing that it says is believed before it is opened.
 *
 * <p>Every method returns at once, and its future completes within the store's own short deadline.
 * A failure has a message that is fit for a log; {@link java.util.concurrent.CancellationException}
 * says that the store was closed. Futures may be completed by threads that must not be blocked.
 */
public interface EntryStore {

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

  /** Looks an entry up. */
  CompletableFuture<Found> find(String name);

  /** Claims a name for that long; false where somebody else has it. */
  CompletableFuture<Boolean> claim(String name, Duration life);

  /** Gives a claim back. */
  CompletableFuture<?> release(String name);

  /** Keeps an entry for that long, instead of any other one. */
  CompletableFuture<?> put(String name, byte[] value, Duration life);

  /** Forgets an entry. */
  CompletableFuture<?> remove(String name);

  /**
   * Adds to a number that is forgotten some time after its first addition.
   *
   * @return the sum, this addition included
   */
  CompletableFuture<Long> add(String counter, long amount, Duration life);
}
