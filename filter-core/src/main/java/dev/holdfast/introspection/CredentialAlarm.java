package dev.holdfast.introspection;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator that the issuer turns this service's own credentials away: loudly, because no
 * opaque token can be verified until someone acts, and at most once in a while.
 */
final class CredentialAlarm {
  private static final System.Logger LOGGER = System.getLogger(CredentialAlarm.class.getName());
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final URI endpoint;
  private final Clock clock;
  private final AtomicReference<@Nullable Instant> lastRung = new AtomicReference<>();

  CredentialAlarm(URI endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  void watch(int status) {
    if (status != 401 && status != 403) {
      return;
    }
    Instant last = lastRung.get();
    Instant now = clock.instant();
    boolean silent = last != null && !now.isBefore(last) && now.isBefore(last.plus(SILENCE));
    if (!silent && lastRung.compareAndSet(last, now)) {
      LOGGER.log(
          Level.ERROR,
          "the introspection endpoint {0} refuses this service''s own credentials with status {1};"
              + " tokens cannot be introspected: check client-id, client-secret and"
              + " client-authentication",
          endpoint,
          Integer.toString(status));
    }
  }
}
