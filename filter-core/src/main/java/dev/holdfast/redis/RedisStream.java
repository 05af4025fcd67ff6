package dev.holdfast.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stream in Redis to which nodes append short ASCII texts, and which each of them reads. It has
 * one key, so that in a cluster it lies in one slot.
 *
 * <p>Commands: {@code XADD}, {@code XRANGE}, {@code XREAD}, {@code XTRIM} and {@code INFO}. Two
 * connections are used: one is blocked while it waits for the next entry. Every failure is {@link
 * dev.holdfast.IssuerUnavailableException}; the next call begins to connect again.
 */
public interface RedisStream extends AutoCloseable {

  /**
   * An entry.
   *
   * @param id as Redis has it: milliseconds since 1970 by its clock, a dash, a number
   * @param text empty where it is no entry of this stream's kind
   */
  record Entry(String id, String text) {}

  /** One reading from the first entry on, over one connection; for one thread. */
  interface Reading {
    /**
     * The next entries, a thousand at most; empty when there is none in that time.
     *
     * @throws dev.holdfast.IssuerUnavailableException also when the connection is another one, or
     *     the last entry that was read is gone: entries may have been lost
     */
    List<Entry> next(Duration patience);
  }

  /** A reading from the first entry on; waits for a connection. */
  Reading begin();

  /** Appends texts; completes when Redis has all of them. */
  CompletableFuture<Void> append(List<String> texts);

  /** Drops entries before this one. */
  CompletableFuture<Void> trim(String firstKept);

  /**
   * What makes this Redis unfit until somebody changes it, such as a missing right; null when
   * nothing does, and when Redis cannot be asked yet.
   */
  @Nullable String unfit(Duration patience);

  /** Ends connections, threads and waits; from here on everything fails. */
  @Override
  void close();
}
