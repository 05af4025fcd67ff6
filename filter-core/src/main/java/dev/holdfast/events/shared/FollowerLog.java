package dev.holdfast.events.shared;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Says once that other nodes' revocations cannot be learned, and once that they can again. */
final class FollowerLog {
  private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final System.Logger logger = ApplicationLog.named("dev.holdfast.events");
  private long next = System.nanoTime();
  private boolean said;

  /**
   * It cannot be read.
   *
   * @param wasWhole whether it was read to its end before
   */
  synchronized void fails(RuntimeException failure, boolean wasWhole) {
    IssuerUnavailableException outage = outage(failure);
    long now = System.nanoTime();
    if (said || (outage != null && now - next < 0)) {
      return;
    }
    said = true;
    next = now + SILENCE_NANOS;
    String text =
        "revocations: Redis cannot be asked ("
            + (outage == null ? failure.getClass().getSimpleName() : outage.detail())
            + "); "
            + (wasWhole
                ? "this node does not learn what others revoke until it can"
                : "until it was read once, tokens are refused with 503");
    @Nullable Throwable trace = outage == null ? failure : null;
    logger.log(Level.WARNING, text, trace);
  }

  synchronized void works() {
    if (said) {
      said = false;
      logger.log(Level.INFO, "revocations: Redis answers again, and was read to its end");
    }
  }

  /** The cause of a failure, as far as it is one of the log's. */
  private static @Nullable IssuerUnavailableException outage(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IssuerUnavailableException outage ? outage : null;
  }
}
