package dev.holdfast.events.message;

import static dev.holdfast.events.message.RejectedEventException.malformed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How old and how new a message may be.
 *
 * @param clockSkew how far its issuer's clock may be ahead of ours
 * @param clock the wall clock
 */
public record EventRules(Duration clockSkew, Clock clock) {
  /**
   * An older message is not taken. A transmitter delivers what it could not for days (RFC 8935
   * section 4); the token of a longer time ago would have to live for as long.
   */
  public static final Duration MAX_AGE = Duration.ofDays(7);

  /** When it was issued. */
  Instant issuedAt(Map<String, Object> claims) throws RejectedEventException {
    Instant issuedAt = Members.time(claims, "iat");
    if (issuedAt.isAfter(latest())) {
      throw malformed("iat lies in the future");
    }
    if (issuedAt.isBefore(clock.instant().minus(MAX_AGE))) {
      throw malformed("iat lies too far in the past");
    }
    return issuedAt;
  }

  /** Its end, which has not come. */
  void requireLive(Map<String, Object> claims) throws RejectedEventException {
    if (!clock.instant().isBefore(Members.time(claims, "exp"))) {
      throw malformed("exp has passed");
    }
  }

  /** Never later than now, by the fastest clock that an issuer may have. */
  Instant notInTheFuture(Instant moment) {
    return moment.isAfter(latest()) ? latest() : moment;
  }

  private Instant latest() {
    return clock.instant().plus(clockSkew);
  }
}
