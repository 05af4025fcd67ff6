package dev.holdfast.events.receiver;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.events.message.SecurityEvent;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/**
 * One line for each delivery, to the logger {@code dev.holdfast.events}, and the count of them. No
 * token, no credential, and of a subject nothing: {@code jti} leads to it at the transmitter.
 */
final class EventLog {
  private static final Pattern PRINTABLE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

  private final System.Logger logger = ApplicationLog.named("dev.holdfast.events");
  private final LongAdder revoked = new LongAdder();
  private final LongAdder without = new LongAdder();
  private final LongAdder replayed = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder unavailable = new LongAdder();

  EventStatistics statistics() {
    return new EventStatistics(
        revoked.sum(), without.sum(), replayed.sum(), rejected.sum(), unavailable.sum());
  }

  void done(String issuer, SecurityEvent event) {
    if (!event.marks().isEmpty()) {
      revoked.increment();
      log(Level.INFO, "outcome=revoked " + text(issuer, event) + " up-to=" + event.upTo());
    } else {
      without.increment();
      if (event.isDemand()) {
        log(
            Level.WARNING,
            "outcome=without "
                + text(issuer, event)
                + ": no token can be told by its subject. Have the transmitter send iss_sub");
      } else {
        log(
            Level.INFO,
            "outcome=without " + text(issuer, event) + ": no event in it revokes tokens");
      }
    }
  }

  void replayed(String issuer, SecurityEvent event) {
    replayed.increment();
    log(Level.INFO, "outcome=replayed " + text(issuer, event));
  }

  void rejected(RejectedEventException reason) {
    rejected.increment();
    log(
        Level.INFO,
        "outcome=rejected reason=" + reason.reason().text() + " rule=\"" + reason.rule() + '"');
  }

  void unavailable(String issuer, IssuerUnavailableException outage) {
    unavailable.increment();
    log(
        Level.WARNING,
        "outcome=unavailable issuer="
            + issuer
            + " detail=\""
            + outage.detail().replace('"', '\'').replaceAll("\\p{Cntrl}", " ")
            + '"');
  }

  /** The issuer is one of the settings; the rest is the transmitter's text. */
  private static String text(String issuer, SecurityEvent event) {
    String id = event.id();
    return "issuer="
        + issuer
        + " jti="
        + (PRINTABLE.matcher(id).matches() ? id : "unprintable")
        + " types="
        + String.join(",", event.kinds())
        + " marks="
        + event.marks().size();
  }

  private void log(Level level, String text) {
    if (logger.isLoggable(level)) {
      logger.log(level, "security event: " + text);
    }
  }
}
