package dev.holdfast.internal.http;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one origin that nobody uses now. The last one in is the first one out, so that
 * what is not needed grows old and is closed. A stack without a lock: its entries do not change.
 */
final class IdleConnections {
  /**
   * One connection, and what lies below it.
   *
   * @param height how many there are, itself included
   */
  private record Entry(Connection connection, @Nullable Entry below, int height) {
    static Entry on(@Nullable Entry below, Connection connection) {
      return new Entry(connection, below, below == null ? 1 : below.height + 1);
    }
  }

  private final AtomicReference<@Nullable Entry> top = new AtomicReference<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final int most;
  private final LongSupplier nanoTime;
  private final Executor later;

  /**
   * Holds none yet.
   *
   * @param most so many are kept at most
   * @param later runs a task after some seconds
   */
  IdleConnections(int most, LongSupplier nanoTime, Executor later) {
    this.most = most;
    this.nanoTime = nanoTime;
    this.later = later;
  }

  /** One that may be used, no longer held here; null when there is none. */
  @Nullable Connection take() {
    for (Entry entry = top.get(); entry != null; entry = top.get()) {
      if (top.compareAndSet(entry, entry.below)) {
        Connection connection = entry.connection;
        if (connection.isReusable(nanoTime.getAsLong()) && !connection.hasUnaskedBytes()) {
          return connection;
        }
        connection.close();
      }
    }
    return null;
  }

  /** Keeps it for the next one, or closes it. */
  void give(Connection connection) {
    if (!connection.isReusable(nanoTime.getAsLong())) {
      connection.close();
      return;
    }
    while (true) {
      Entry below = top.get();
      if (below != null && below.height >= most) {
        connection.close();
        return;
      }
      if (top.compareAndSet(below, Entry.on(below, connection))) {
        sweepLater();
        return;
      }
    }
  }

  private void sweepLater() {
    if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
      later.execute(this::sweep);
    }
  }

  /** Closes those that have grown old, and comes back as long as there are any. */
  private void sweep() {
    long now = nanoTime.getAsLong();
    while (true) {
      Entry entries = top.get();
      Entry young = youngOf(entries, now);
      if (top.compareAndSet(entries, young)) {
        closeOld(entries, now);
        break;
      }
    }
    sweeping.set(false);
    if (top.get() != null) {
      sweepLater();
    }
  }

  private static @Nullable Entry youngOf(@Nullable Entry entries, long now) {
    Connection[] young = new Connection[entries == null ? 0 : entries.height];
    int count = 0;
    for (Entry entry = entries; entry != null; entry = entry.below) {
      if (entry.connection.isReusable(now)) {
        young[count++] = entry.connection;
      }
    }
    Entry kept = null;
    while (count > 0) {
      kept = Entry.on(kept, young[--count]);
    }
    return kept;
  }

  private static void closeOld(@Nullable Entry entries, long now) {
    for (Entry entry = entries; entry != null; entry = entry.below) {
      if (!entry.connection.isReusable(now)) {
        entry.connection.close();
      }
    }
  }

  int size() {
    Entry entry = top.get();
    return entry == null ? 0 : entry.height;
  }
}
