package dev.holdfast.internal.issuer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For how long an answer asks to be left alone (RFC 9110 section 10.2.3): a number of seconds, or a
 * date in one of the three forms of section 5.6.7. A minute at most counts, so that no slip of an
 * issuer's keeps this service away from it for a day.
 */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int DIGITS_OF_LONGEST = 9;

  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private RetryAfter() {}

  /**
   * The time that the field's value names; null where it is malformed, or names no time to wait.
   */
  static @Nullable Duration read(String value, Instant now) {
    String text = value.trim();
    Duration asked;
    if (SECONDS.matcher(text).matches()) {
      asked =
          text.length() > DIGITS_OF_LONGEST ? LONGEST : Duration.ofSeconds(Integer.parseInt(text));
    } else {
      Instant until = dateOf(text, now);
      if (until == null) {
        return null;
      }
      asked = Duration.between(now, until);
    }
    if (asked.isZero() || asked.isNegative()) {
      return null;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static @Nullable Instant dateOf(String text, Instant now) {
    for (DateTimeFormatter form : List.of(IMF_FIXDATE, rfc850(now), ASCTIME)) {
      try {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException another) {
        // the next form
      }
    }
    return null;
  }

  /** Its year has two digits, and lies less than 50 years ahead. */
  private static DateTimeFormatter rfc850(Instant now) {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(
            ChronoField.YEAR, 2, 2, LocalDate.ofInstant(now, ZoneOffset.UTC).getYear() - 50)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }
}
