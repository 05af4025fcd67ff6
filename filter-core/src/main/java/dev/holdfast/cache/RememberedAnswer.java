package dev.holdfast.cache;

import dev.holdfast.Verification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer and the time in which it may be given again.
 *
 * @param future completed with the answer; handed out as it is
 * @param issuer who vouches, or null when nobody does
 * @param askedAt when the issuer was asked, in milliseconds since the epoch
 * @param until the first millisecond in which it must not be given any more
 */
record RememberedAnswer(SharedAnswer future, @Nullable String issuer, long askedAt, long until) {

  static RememberedAnswer of(Verification answer, long askedAt, Duration ttl) {
    Instant known = answer.until();
    long limit = askedAt + ttl.toMillis();
    long until = known == null ? limit : Math.min(limit, known.toEpochMilli());
    if (answer instanceof Verification.Valid valid) {
      Instant expiresAt = valid.token().expiresAt();
      return new RememberedAnswer(
          SharedAnswer.of(answer),
          valid.token().issuer(),
          askedAt,
          expiresAt == null ? until : Math.min(until, expiresAt.toEpochMilli()));
    }
    return new RememberedAnswer(SharedAnswer.of(answer), null, askedAt, until);
  }

  /**
   * Whether it may be given at that moment. Not before it was asked for either: when the clock
   * jumps back, nobody knows how old it is.
   */
  boolean standsAt(long millis) {
    return askedAt <= millis && millis < until;
  }

  /** How long to keep it at most, from now on; zero when it has run out already. */
  Duration life() {
    return Duration.ofMillis(Math.max(0, until - askedAt));
  }
}
