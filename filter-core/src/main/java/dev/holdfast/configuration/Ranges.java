package dev.holdfast.configuration;

import dev.holdfast.configuration.Setting.Step;
import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a number and a duration may be. A setting of either kind without bounds cannot be read. */
public final class Ranges {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");

  private Ranges() {}

  static Numbers numbers(String name, @Nullable Setting setting) {
    Setting bounds = require(name, setting);
    return new Numbers(Long.parseLong(bounds.least()), Long.parseLong(bounds.most()));
  }

  static Times times(String name, @Nullable Setting setting) {
    Setting bounds = require(name, setting);
    return new Times(duration(bounds.least()), duration(bounds.most()), bounds.step());
  }

  private static Duration duration(String text) {
    Duration duration = Durations.parse(text);
    if (duration == null) {
      throw new IllegalStateException("no duration: " + text);
    }
    return duration;
  }

  private static Setting require(String name, @Nullable Setting setting) {
    if (setting == null || setting.least().isEmpty() || setting.most().isEmpty()) {
      throw new IllegalStateException("no bounds are declared for " + name);
    }
    return setting;
  }

  /** Whole numbers, both ends included. */
  public record Numbers(long least, long most) {
    public boolean hold(BigInteger number) {
      return number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    public String expected() {
      return "a whole number from " + least + " to " + most;
    }

    /**
     * The number, within its bounds.
     *
     * @param name without {@code holdfast.}
     */
    public long read(String name, String text) {
      if (!INTEGER.matcher(text).matches()) {
        throw FlatProperties.invalid(
            name, "\"" + text + "\" cannot be read", "Write " + expected());
      }
      BigInteger number = new BigInteger(text);
      if (!hold(number)) {
        throw FlatProperties.invalid(
            name, "\"" + text + "\" is out of range", "Write " + expected());
      }
      return number.longValueExact();
    }
  }

  /** Durations, both ends included. */
  public record Times(Duration least, Duration most, Step step) {
    public boolean hold(Duration duration) {
      return duration.compareTo(least) >= 0
          && duration.compareTo(most) <= 0
          && (step == Step.ANY || duration.equals(Duration.ofSeconds(duration.toSeconds())));
    }

    public String expected() {
      return "a duration"
          + (step == Step.SECONDS ? " of whole seconds" : "")
          + " from "
          + Durations.text(least)
          + " to "
          + Durations.text(most);
    }

    /** Refuses a duration that no edge could have read. */
    public void require(String name, Duration duration) {
      if (!hold(duration)) {
        throw FlatProperties.invalid(
            name, Durations.text(duration) + " is out of range", "Write " + expected());
      }
    }

    /**
     * The duration, within its bounds.
     *
     * @param name without {@code holdfast.}
     */
    public Duration read(String name, String text) {
      Duration duration = Durations.parse(text);
      if (duration == null) {
        throw FlatProperties.invalid(
            name,
            "\"" + text + "\" cannot be read",
            "Write " + expected() + ", such as 500ms, 5s, 1m or PT5S");
      }
      if (!hold(duration)) {
        throw FlatProperties.invalid(
            name,
            Durations.hasNoUnit(text)
                ? "\""
                    + text
                    + "\" has no unit, so that it was read as "
                    + duration.toMillis()
                    + " milliseconds, which is out of range"
                : "\"" + text + "\" is out of range",
            "Write " + expected() + unitHint(text));
      }
      return duration;
    }

    /** The same number with the unit that was probably meant. */
    private String unitHint(String text) {
      if (!Durations.hasNoUnit(text)) {
        return "";
      }
      Duration seconds = Durations.parse(text + 's');
      return seconds != null && hold(seconds) ? ", such as " + text + 's' : "";
    }
  }
}
