package dev.holdfast.testing;

import java.time.Duration;
import java.time.Instant;

/**
 * The period in which a throw-away certificate is valid.
 *
 * @param notBefore the first moment of validity
 * @param notAfter the last moment of validity, after {@code notBefore}
 */
public record Validity(Instant notBefore, Instant notAfter) {

  /** Refuses a period that ends before it begins. */
  public Validity {
    if (!notBefore.isBefore(notAfter)) {
      throw new IllegalArgumentException("a certificate must begin before it ends");
    }
  }

  /** From an hour ago until tomorrow. */
  public static Validity current() {
    Instant now = Instant.now();
    return new Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  /** Two days ago until yesterday. */
  public static Validity expired() {
    Instant now = Instant.now();
    return new Validity(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)));
  }

  /** From tomorrow until the day after. */
  public static Validity notYet() {
    Instant now = Instant.now();
    return new Validity(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)));
  }
}
