package dev.holdfast.internal.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 sections 10.2.3 and 5.6.7. */
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

  @ParameterizedTest
  @CsvSource({"1,1", "007,7", "59,59", "60,60", "61,60", "99999999999999999999,60"})
  void secondsAreTakenUpToAMinute(String text, long seconds) {
    assertThat(RetryAfter.read(text, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void aDateIsTakenInEachOfItsForms(String date) {
    assertThat(RetryAfter.read(date, NOW)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aDateIsTakenUpToAMinuteAndOnlyAhead() {
    assertThat(RetryAfter.read("Sat, 06 Nov 2094 08:49:37 GMT", NOW))
        .isEqualTo(Duration.ofMinutes(1));
    assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:49:07 GMT", NOW)).isNull();
    assertThat(RetryAfter.read("Sun, 06 Nov 1994 08:48:37 GMT", NOW)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "1.5",
        "1s",
        "soon",
        "1e3",
        "\u0661",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "06 Nov 1994"
      })
  void anythingElseAsksForNothing(String text) {
    assertThat(RetryAfter.read(text, NOW)).isNull();
  }
}
