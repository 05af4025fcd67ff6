package dev.holdfast;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells how long ago a user authenticated.
 *
 * @param clock the wall clock
 * @param clockSkew how far the issuer's clock may be ahead of it. It is granted to an {@code
 *     auth_time} that lies in the future, and to nothing else: an age is taken to the letter
 */
public record AuthenticationClock(Clock clock, Duration clockSkew) {

  /** Checks the skew. */
  public AuthenticationClock {
    if (clockSkew.isNegative()) {
      throw new IllegalArgumentException("a clock skew is not negative");
    }
  }

  /** The system's clock, and no skew. */
  public static AuthenticationClock ofSystem() {
    return new AuthenticationClock(Clock.systemUTC(), Duration.ZERO);
  }

  Instant now() {
    return clock.instant();
  }
}
