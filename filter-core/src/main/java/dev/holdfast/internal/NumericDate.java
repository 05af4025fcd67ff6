package dev.holdfast.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time as JSON has it (RFC 7519 section 2): a number of seconds since the epoch, whole or not.
 */
public final class NumericDate {
  /** 9999-12-31T23:59:59Z: what lies beyond is as far away, and no calendar overflows. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final double NANOS = 1e9;

  private NumericDate() {}

  /**
   * The moment that a JSON value names; a later one than the last second of the year 9999 is that
   * second.
   *
   * @return null for what is no number, negative, infinite or not a number at all
   */
  public static @Nullable Instant read(@Nullable Object value) {
    if (value instanceof Long seconds) {
      return seconds < 0 ? null : Instant.ofEpochSecond(Math.min(seconds, LAST_SECOND));
    }
    if (!(value instanceof Number number)) {
      return null;
    }
    double seconds = number.doubleValue();
    if (!Double.isFinite(seconds) || seconds < 0) {
      return null;
    }
    if (seconds >= LAST_SECOND) {
      return Instant.ofEpochSecond(LAST_SECOND);
    }
    long whole = (long) seconds;
    return Instant.ofEpochSecond(whole, (long) ((seconds - whole) * NANOS));
  }
}
