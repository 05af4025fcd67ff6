package dev.holdfast.events.poll;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Says once that a transmitter cannot be polled, and once that it can again. For one thread. */
final class PollLog {
  private final System.Logger logger = ApplicationLog.named("dev.holdfast.events");
  private final String issuer;
  private boolean said;

  PollLog(String issuer) {
    this.issuer = issuer;
  }

  /** What it was, as far as it is an outage; anything else is a bug, and its trace is shown. */
  @Nullable IssuerUnavailableException fails(RuntimeException failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    IssuerUnavailableException outage =
        cause instanceof IssuerUnavailableException known ? known : null;
    if (!said) {
      said = true;
      String detail =
          outage == null
              ? cause.getClass().getSimpleName()
              : outage.detail().replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
      String text =
          "poll: issuer=" + issuer + " detail=\"" + detail + "\"; it is tried again until it works";
      logger.log(Level.WARNING, text, outage == null ? cause : null);
    }
    return outage;
  }

  void works() {
    if (said) {
      said = false;
      logger.log(Level.INFO, "poll: issuer=" + issuer + " answers again");
    }
  }
}
