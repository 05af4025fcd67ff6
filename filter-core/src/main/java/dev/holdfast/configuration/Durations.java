package dev.holdfast.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as text: with the units of Spring Boot, or as in ISO 8601. */
public final class Durations {
  private static final Pattern SIMPLE =
      Pattern.compile("([+-]?\\d{1,18})(ns|us|ms|s|m|h|d|)", Pattern.CASE_INSENSITIVE);

  private Durations() {}

  /** The duration, or null when the text is none, or one beyond all measure. */
  static @Nullable Duration parse(String text) {
    Matcher simple = SIMPLE.matcher(text);
    try {
      return simple.matches()
          ? Duration.of(Long.parseLong(simple.group(1)), unit(simple.group(2)))
          : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException unreadable) {
      return null;
    }
  }

  private static ChronoUnit unit(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "ns" -> ChronoUnit.NANOS;
      case "us" -> ChronoUnit.MICROS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      default -> ChronoUnit.MILLIS; // a bare number, as in Spring
    };
  }

  /** Whether it is a bare number. */
  static boolean hasNoUnit(String text) {
    Matcher simple = SIMPLE.matcher(text);
    return simple.matches() && simple.group(2).isEmpty();
  }

  /** As people write it, such as {@code 90s} or {@code 1h}. */
  public static String text(Duration duration) {
    if (duration.getNano() != 0) {
      Duration millis = Duration.of(duration.toMillis(), ChronoUnit.MILLIS);
      return duration.equals(millis) ? duration.toMillis() + "ms" : duration.toString();
    }
    long seconds = duration.getSeconds();
    if (seconds != 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds != 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
