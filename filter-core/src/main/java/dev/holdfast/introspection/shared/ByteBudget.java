package dev.holdfast.introspection.shared;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps what all nodes write within a number of bytes, without knowing how many nodes there are.
 *
 * <p>The store counts what is written in a window, which begins with its first entry and is as long
 * as an entry lives at most. What lives at any moment was written in this window or in the one
 * before it, so that each may take half. What is counted and never written, or was overwritten, is
 * room lost until the next window, and never too much taken.
 */
final class ByteBudget {
  /** What Redis needs for a key, its name, its end and a claim, beside the entry itself. */
  private static final long OVERHEAD = 320;

  private final EntryStore store;
  private final String counter;
  private final Duration window;
  private final long perWindow;
  private final LongSupplier nanoTime;
  private final AtomicLong restUntil;

  /**
   * A budget.
   *
   * @param window for how long an entry lives at most
   * @param most bytes of all entries that live at a time
   */
  ByteBudget(EntryStore store, String counter, Duration window, long most, LongSupplier nanoTime) {
    this.store = store;
    this.counter = counter;
    this.window = window;
    this.perWindow = most / 2;
    this.nanoTime = nanoTime;
    this.restUntil = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether an entry of so many bytes may be written. */
  CompletableFuture<Boolean> take(int bytes) {
    if (nanoTime.getAsLong() - restUntil.get() < 0) {
      return CompletableFuture.completedFuture(false);
    }
    return store
        .add(counter, bytes + bytes / 4 + OVERHEAD, window) // a quarter: memory comes in sizes
        .thenApply(
            sum -> {
              if (sum <= perWindow) {
                return true;
              }
              // A part of a window, so that the store is not asked about each entry while it is
              // full
              restUntil.set(nanoTime.getAsLong() + Math.min(window.toNanos() / 8, 1_000_000_000L));
              return false;
            });
  }
}
