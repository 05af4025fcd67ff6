package dev.holdfast.redis.store;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Looks at Redis instead of trusting it: whether it keeps what it is given, and whether it is still
 * the one that was given it. Where records may be gone, all proofs that could have been spent
 * before that are refused.
 */
public final class StoreWatch {
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final System.Logger logger = ApplicationLog.named("dev.holdfast.redis");
  private final String where;
  private final long windowMillis;
  private final Clock clock;
  private @Nullable StoreFacts last;
  private Instant nextLine = Instant.MIN;
  private volatile @Nullable String unfit = "it was not looked at yet";
  private volatile long forgottenUntil = Long.MIN_VALUE;

  /**
   * A watch.
   *
   * @param where its address, without user and password
   * @param proofWindow for how long a proof can be accepted from the earliest moment to the last;
   *     zero: nothing is refused because it may be forgotten, and nothing is said of that
   */
  public StoreWatch(String where, Duration proofWindow, Clock clock) {
    this.where = where;
    this.windowMillis = proofWindow.toMillis();
    this.clock = clock;
  }

  /** Why it cannot keep records; null when it can. */
  public @Nullable String unfit() {
    return unfit;
  }

  /** Whether a proof with that end may have been spent, and its record be gone. */
  public boolean mayHaveForgotten(long end) {
    return end <= forgottenUntil;
  }

  /** What it says now. */
  public synchronized void saw(StoreFacts now) {
    unfit = now.unfit();
    if (unfit != null) {
      return; // the next one that is fit is compared with the last one that was
    }
    StoreFacts before = last;
    last = now;
    if (before == null) {
      forget(clock.millis() - now.upMillis());
      if (now.evicted() > 0 || now.promoted()) {
        forget(clock.millis()); // nobody knows when that was
      }
    } else if (!now.identity().equals(before.identity())) {
      lost("another Redis answers there, or it was started anew (run_id, master_replid)");
    } else if (now.evicted() != before.evicted()) {
      lost("it dropped records for want of memory (evicted_keys)");
    }
  }

  private void lost(String reason) {
    forget(clock.millis());
    Instant now = clock.instant();
    if (windowMillis > 0 && !now.isBefore(nextLine)) { // of another use, that use tells
      nextLine = now.plus(SILENCE);
      logger.log(
          Level.WARNING,
          "replay guard: "
              + where
              + " may have forgotten proofs: "
              + reason
              + "; one-time proofs from before are refused with 503");
    }
  }

  private void forget(long moment) {
    forgottenUntil = Math.max(forgottenUntil, moment + windowMillis);
  }
}
