package dev.holdfast.events.shared;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A log of short ASCII texts that nodes share: what one appends, all of them read. It keeps every
 * entry until somebody trims it. Failures are {@link dev.holdfast.IssuerUnavailableException}.
 */
public interface SharedLog extends AutoCloseable {

  /**
   * An entry.
   *
   * @param id its place in the log
   * @param millis when it was appended, by the log's clock, in milliseconds since 1970
   */
  record Entry(String id, long millis, String text) {}

  /** One reading of the log from its beginning on, for one thread. */
  interface Reading {
    /**
     * The next entries, some hundreds at most.
     *
     * @param patience for how long to wait for one; zero: not at all
     * @return empty when there is none
     * @throws dev.holdfast.IssuerUnavailableException when the log cannot be read, or when it may
     *     have lost entries that were read before; from then on this reading is over
     */
    List<Entry> next(Duration patience);
  }

  /** A reading from the beginning; waits for a connection. */
  Reading begin();

  /**
   * Appends texts, at most a thousand.
   *
   * @return completes when all of them are in the log
   */
  CompletableFuture<Void> append(List<String> texts);

  /** Drops what stands before this entry. */
  CompletableFuture<Void> trim(String firstKept);

  /** What makes the log unfit for this until somebody changes it; null when nothing is known. */
  @Nullable String unfit(Duration patience);

  /** Ends connections and every wait; from then on everything fails. */
  @Override
  void close();
}
