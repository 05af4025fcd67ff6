package dev.holdfast.http;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.net.IpAddress;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says once that a trusted proxy forwarded nothing at all with a request: no {@code Forwarded}, no
 * {@code X-Forwarded} header, and none of those in which it is believed. Its own health probes look
 * like this. So do the requests of clients, where the proxy is not configured to set them.
 */
final class SilentProxy {
  private static final String PREFIX = "X-Forwarded-";

  /**
   * Got at the start: to find the application's logging reads files, which an event loop must not.
   */
  private final System.Logger logger = ApplicationLog.named("dev.holdfast");

  private final BelievedHeaders headers;
  private final AtomicBoolean said = new AtomicBoolean();

  SilentProxy(BelievedHeaders headers) {
    this.headers = headers;
  }

  /**
   * Looks at a request of a trusted proxy, until the line is written.
   *
   * @param peer the proxy's address
   */
  void look(ReceivedRequest request, @Nullable IpAddress peer) {
    if (said.get()
        || headers.areNone()
        || headers.in(request) != null
        || forwards(request)
        || said.getAndSet(true)) {
      return;
    }
    logger.log(
        Level.INFO,
        "the trusted proxy "
            + peer
            + " sent a request with no Forwarded, no X-Forwarded header and none of "
            + headers
            + ". Health probes of the proxy look like this, and need nothing. If it forwards"
            + " clients like this, tokens that are bound to what these headers say are refused:"
            + " let the proxy set them (docs/behind-a-proxy.md). This is said once.");
  }

  private static boolean forwards(ReceivedRequest request) {
    Iterator<String> names = request.headerNames();
    while (names.hasNext()) {
      String name = names.next();
      if (name.equalsIgnoreCase(ForwardedOrigin.FORWARDED)
          || name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
        return true;
      }
    }
    return false;
  }
}
