package dev.holdfast.configuration;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What each number and each duration may be. A setting of either kind that has no row here cannot
 * be read at all, so that none is without bounds.
 */
final class Ranges {

  /** Whole numbers, both ends included. */
  record Numbers(long least, long most) {
    boolean hold(BigInteger number) {
      return number.compareTo(BigInteger.valueOf(least)) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    String expected() {
      return "a whole number from " + least + " to " + most;
    }
  }

  /** Durations, both ends included. */
  record Times(Duration least, Duration most, Step step) {
    boolean hold(Duration duration) {
      return duration.compareTo(least) >= 0
          && duration.compareTo(most) <= 0
          && (step == Step.ANY || duration.equals(Duration.ofSeconds(duration.toSeconds())));
    }

    String expected() {
      return "a duration"
          + (step == Step.SECONDS ? " of whole seconds" : "")
          + " from "
          + Durations.text(least)
          + " to "
          + Durations.text(most);
    }
  }

  /** What a duration is counted in. */
  enum Step {
    ANY,
    SECONDS
  }

  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,40}");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** More entries than that fit into no memory that a filter should take. */
  private static final long MOST_ENTRIES = 1_000_000_000;

  static final Map<String, Numbers> NUMBERS =
      Map.of(
          "tokens.cache.max-entries", new Numbers(1, MOST_ENTRIES),
          "tokens.cache.negative-max-entries", new Numbers(1, MOST_ENTRIES),
          "certificate.header.hops", new Numbers(1, 16),
          "dpop.min-rsa-bits", new Numbers(2048, 8192),
          "dpop.replay.max-entries", new Numbers(1, MOST_ENTRIES),
          "tokens.issuers[].max-concurrent-calls", new Numbers(1, 10_000));

  static final Map<String, Times> TIMES =
      Map.of(
          "tokens.clock-skew", new Times(Duration.ZERO, DAY, Step.ANY),
          "tokens.cache.ttl", new Times(Duration.ZERO, DAY, Step.ANY),
          "tokens.cache.negative-ttl", new Times(Duration.ZERO, DAY, Step.ANY),
          "tokens.issuers[].introspection.timeout",
              new Times(Duration.ofMillis(1), Duration.ofMinutes(1), Step.ANY),
          "dpop.proof-lifetime", new Times(Duration.ofSeconds(1), HOUR, Step.SECONDS),
          "dpop.clock-skew", new Times(Duration.ZERO, HOUR, Step.SECONDS),
          "dpop.nonce-lifetime", new Times(Duration.ofSeconds(2), DAY, Step.ANY),
          "dpop.nonce-clock-skew", new Times(Duration.ZERO, HOUR, Step.SECONDS),
          "tokens.issuers[].key-max-age", new Times(Duration.ofSeconds(1), DAY, Step.ANY),
          "tokens.issuers[].key-max-stale", new Times(Duration.ofSeconds(1), DAY, Step.ANY));

  private Ranges() {}

  /** Refuses what no edge could have read: for settings that were made in code. */
  static void check(HoldfastSettings settings) {
    TokenSettings tokens = settings.tokens();
    require("tokens.clock-skew", tokens.clockSkew());
    require("tokens.cache.ttl", tokens.cache().ttl());
    require("tokens.cache.negative-ttl", tokens.cache().negativeTtl());
    require("tokens.cache.max-entries", tokens.cache().maxEntries());
    require("tokens.cache.negative-max-entries", tokens.cache().negativeMaxEntries());
    List<IssuerSettings> issuers = tokens.issuers();
    for (int i = 0; i < issuers.size(); i++) {
      IssuerLimits limits = issuers.get(i).limits();
      require("tokens.issuers[" + i + "].max-concurrent-calls", limits.maxConcurrentCalls());
      require("tokens.issuers[" + i + "].key-max-age", limits.keyMaxAge());
      require("tokens.issuers[" + i + "].key-max-stale", limits.keyMaxStale());
      IntrospectionSettings introspection = issuers.get(i).introspection();
      if (introspection != null) {
        require("tokens.issuers[" + i + "].introspection.timeout", introspection.timeout());
      }
    }
    CertificateHeaderSettings header = settings.certificate().header();
    if (header != null) {
      require("certificate.header.hops", header.hops());
    }
    DpopSettings dpop = settings.dpop();
    require("dpop.proof-lifetime", dpop.proofLifetime());
    require("dpop.clock-skew", dpop.clockSkew());
    require("dpop.min-rsa-bits", dpop.minRsaBits());
    require("dpop.nonce-lifetime", dpop.nonce().lifetime());
    Duration nonceClockSkew = dpop.nonce().clockSkew();
    if (nonceClockSkew != null) {
      require("dpop.nonce-clock-skew", nonceClockSkew);
    }
    require("dpop.replay.max-entries", dpop.replay().maxEntries());
  }

  private static void require(String name, Duration duration) {
    Times times = of(name, TIMES);
    if (!times.hold(duration)) {
      throw FlatProperties.invalid(
          name, Durations.text(duration) + " is out of range", "Write " + times.expected());
    }
  }

  private static void require(String name, long number) {
    readNumber(name, String.valueOf(number));
  }

  /**
   * The number, within its bounds.
   *
   * @param name without {@code holdfast.}
   */
  static long readNumber(String name, String text) {
    Numbers numbers = of(name, NUMBERS);
    if (!INTEGER.matcher(text).matches()) {
      throw FlatProperties.invalid(
          name, "\"" + text + "\" cannot be read", "Write " + numbers.expected());
    }
    BigInteger number = new BigInteger(text);
    if (!numbers.hold(number)) {
      throw FlatProperties.invalid(
          name, "\"" + text + "\" is out of range", "Write " + numbers.expected());
    }
    return number.longValueExact();
  }

  /**
   * The duration, within its bounds.
   *
   * @param name without {@code holdfast.}
   */
  static Duration readDuration(String name, String text) {
    Times times = of(name, TIMES);
    Duration duration = Durations.parse(text);
    if (duration == null) {
      throw FlatProperties.invalid(
          name,
          "\"" + text + "\" cannot be read",
          "Write " + times.expected() + ", such as 500ms, 5s, 1m or PT5S");
    }
    if (!times.hold(duration)) {
      throw FlatProperties.invalid(
          name,
          Durations.hasNoUnit(text)
              ? "\""
                  + text
                  + "\" has no unit, so that it was read as "
                  + duration.toMillis()
                  + " milliseconds, which is out of range"
              : "\"" + text + "\" is out of range",
          "Write " + times.expected() + unitHint(times, text));
    }
    return duration;
  }

  /** The same number with the unit that was probably meant. */
  private static String unitHint(Times times, String text) {
    if (!Durations.hasNoUnit(text)) {
      return "";
    }
    Duration seconds = Durations.parse(text + 's');
    return seconds != null && times.hold(seconds) ? ", such as " + text + 's' : "";
  }

  /** Refuses a number or a duration that is none or out of its bounds; passes other settings. */
  static void requireReadable(String name, String text) {
    String shape = PropertyNames.shape(name);
    if (NUMBERS.containsKey(shape)) {
      readNumber(name, text.trim());
    } else if (TIMES.containsKey(shape)) {
      readDuration(name, text.trim());
    }
  }

  private static <T> T of(String name, Map<String, T> ranges) {
    @Nullable T range = ranges.get(PropertyNames.shape(name));
    if (range == null) {
      throw new IllegalStateException("no bounds are declared for " + name);
    }
    return range;
  }
}
