package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the nodes keep their common records. */
interface SharedRecords extends AutoCloseable {

  /**
   * Adds a record unless it is there; unavailable, too, when nobody can tell whether it was.
   *
   * @param end milliseconds since 1970: the first moment at which the proof is accepted no more
   * @param life milliseconds for which the record is kept
   */
  Outcome add(String key, long end, long life);

  /** The same, without blocking the caller. */
  CompletionStage<Outcome> addAsync(String key, long end, long life);

  /** Whether there is a connection at this moment. */
  boolean isConnected();

  /**
   * What makes the store unfit to keep records; null when nothing does, or nobody can tell yet.
   *
   * @param patience for how long to wait for the first look
   */
  default @Nullable String unfit(Duration patience) {
    return null;
  }

  @Override
  void close();
}
