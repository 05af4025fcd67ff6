package dev.holdfast.introspection;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells the operator once when an endpoint calls every token inactive: an issuer answers so, too,
 * when the one who asks may not introspect the tokens (RFC 7662 section 2.2). One active token ends
 * the watch, so that later no stranger's tokens can ring it.
 */
final class InactiveWatch {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast.introspection");
  private static final int MANY = 100;
  private static final int OVER = -1;

  private final URI endpoint;
  private final String clientId;
  private final AtomicInteger inactive = new AtomicInteger();

  InactiveWatch(URI endpoint, String clientId) {
    this.endpoint = endpoint;
    this.clientId = clientId;
  }

  void saw(boolean active) {
    if (inactive.get() == OVER) {
      return;
    }
    if (active) {
      inactive.set(OVER);
    } else if (inactive.updateAndGet(seen -> seen == OVER ? OVER : seen + 1) == MANY) {
      LOGGER.log(
          Level.WARNING,
          "the introspection endpoint {0} called each of the first {1} tokens inactive: probably"
              + " the client \"{2}\" may not introspect the tokens of other clients; allow that at"
              + " the issuer, and check that the tokens are this issuer''s",
          endpoint,
          Integer.toString(MANY),
          clientId);
    }
  }
}
