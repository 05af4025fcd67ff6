package dev.holdfast.introspection;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator that the issuer turns this service's own credentials away: loudly, because no
 * opaque token can be verified until someone acts, and at most once in a while. A caller's token
 * can bring about such a status by itself, so that it only gives cause to look.
 */
final class CredentialAlarm {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast.introspection");
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final URI endpoint;
  private final Clock clock;
  private final AtomicReference<@Nullable Instant> lastRung = new AtomicReference<>();
  private final AtomicReference<@Nullable Instant> lastSuspicion = new AtomicReference<>();

  CredentialAlarm(URI endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** Whether the status gives cause to look, and nobody has looked for a while. */
  boolean suspects(int status) {
    return isRefusal(status) && isDue(lastSuspicion);
  }

  /** A call that no caller had a hand in got this status, or 0 for none. */
  void confirmed(int status) {
    if (isRefusal(status) && isDue(lastRung)) {
      LOGGER.log(
          Level.ERROR,
          "the introspection endpoint {0} refuses this service''s own credentials with status {1};"
              + " tokens cannot be introspected: check client-id, client-authentication,"
              + " and client-secret or client-key",
          endpoint,
          Integer.toString(status));
    }
  }

  private static boolean isRefusal(int status) {
    return status == 401 || status == 403;
  }

  private boolean isDue(AtomicReference<@Nullable Instant> before) {
    Instant last = before.get();
    Instant now = clock.instant();
    boolean silent = last != null && !now.isBefore(last) && now.isBefore(last.plus(SILENCE));
    return !silent && before.compareAndSet(last, now);
  }
}
