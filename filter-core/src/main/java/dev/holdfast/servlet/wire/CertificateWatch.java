package dev.holdfast.servlet.wire;

import dev.holdfast.internal.ApplicationLog;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says once that a container with TLS has not given a single client certificate in many requests:
 * some never do, or not in this installation, and then everybody whose token is bound to a
 * certificate looks like a thief.
 */
public final class CertificateWatch {
  public static final int MANY = 1000;

  private final AtomicInteger without = new AtomicInteger();
  private volatile boolean over;

  /** Looks at a request, until a certificate was seen or the line is written. */
  public void look(HttpServletRequest request) {
    if (over || !request.isSecure()) {
      return;
    }
    if (ConnectionCertificate.leaf(request) != null) {
      over = true;
    } else if (!SchemeOrigin.isClientAlone(WireRequest.below(request))
        && without.incrementAndGet() == MANY) {
      over = true;
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "the container gave no client certificate in its first "
                  + MANY
                  + " requests over TLS, so that every token that is bound to one is refused. Let"
                  + " the TLS port ask for certificates (want); Open Liberty needs a feature"
                  + " appSecurity too, and Quarkus' Undertow gives none. If your clients have no"
                  + " certificates, set holdfast.certificate.source=none");
    }
  }
}
