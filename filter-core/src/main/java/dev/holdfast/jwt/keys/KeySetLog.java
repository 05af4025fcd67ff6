package dev.holdfast.jwt.keys;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator that an issuer's keys cannot be fetched, until when the last ones are used,
 * and when that is over. Tokens of strangers cause fetches, so that there is one line a minute at
 * most.
 */
final class KeySetLog {
  private static final System.Logger LOG = ApplicationLog.named("dev.holdfast.jwt");
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final String issuer;
  private final Duration maxStale;
  private final AtomicReference<@Nullable Instant> lastLine = new AtomicReference<>();
  private volatile boolean said;

  KeySetLog(String issuer, Duration maxStale) {
    this.issuer = issuer;
    this.maxStale = maxStale;
  }

  /**
   * A fetch failed.
   *
   * @param keysAt when the keys came that are used now, in milliseconds; null when there are none
   */
  void failed(Throwable failure, @Nullable Long keysAt, Instant now) {
    Instant last = lastLine.get();
    boolean silent = last != null && !now.isBefore(last) && now.isBefore(last.plus(SILENCE));
    if (silent || !lastLine.compareAndSet(last, now)) {
      return;
    }
    said = true;
    Instant until = keysAt == null ? null : Instant.ofEpochMilli(keysAt).plus(maxStale);
    LOG.log(
        Level.WARNING,
        "the key set of {0} could not be fetched: {1}; {2}",
        issuer,
        reason(failure),
        until == null || !until.isAfter(now)
            ? "without keys every token of this issuer is answered with 503"
            : "the last keys are used until "
                + until
                + ", and tokens with other keys are answered with 503");
  }

  /** A fetch went well. */
  void fetched(Instant now) {
    if (said) {
      said = false;
      LOG.log(Level.INFO, "the key set of {0} could be fetched again at {1}", issuer, now);
    }
  }

  /** One line, without the stack. */
  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IssuerUnavailableException
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }
}
