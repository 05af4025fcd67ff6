package dev.holdfast.events.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.events.DigestedMark;
import dev.holdfast.events.TokenMark;
import dev.holdfast.events.TokenMark.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in an entry is read as it was written, and all else revokes what it may mean. */
class LogRecordTest {
  private static final String DIGEST = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final long MOST = 99_999_999_999_999_999L;

  @Property(tries = 200)
  void whatIsWrittenIsRead(
      @ForAll Kind kind,
      @ForAll String issuer,
      @ForAll String value,
      @ForAll @LongRange(min = -MOST, max = MOST) long upTo) {
    String whole = wellFormed(issuer);
    if (kind != Kind.TOKEN) {
      LogRecord mark = LogRecord.of(DigestedMark.of(new TokenMark(whole, kind, value)), upTo);
      assertThat(mark.text()).matches("[!-~]+( [!-~]*)+");
      assertThat(LogRecord.parse(mark.text())).isEqualTo(mark);
    }
    LogRecord line = LogRecord.line(whole, upTo);
    assertThat(LogRecord.parse(line.text())).isEqualTo(line);
  }

  /** Half of a surrogate pair is no text that anybody's settings or tokens have. */
  private static String wellFormed(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  @Property(tries = 200)
  void anyTextIsReadOrRevokesAll(@ForAll String text, @ForAll @LongRange(min = 0) long millis) {
    LogRecord record = LogRecord.read(new SharedLog.Entry("1", millis, text));
    if (LogRecord.parse(text) == null) {
      assertThat(record).isEqualTo(LogRecord.line("", millis));
    } else {
      assertThat(record).isEqualTo(LogRecord.parse(text));
    }
  }

  @Test
  void noValueOfAClaimStandsInIt() {
    String text =
        LogRecord.of(
                DigestedMark.of(
                    new TokenMark("https://as.example", Kind.EMAIL, "alice@example.com")),
                1_772_366_400_000L)
            .text();
    assertThat(text)
        .matches("mark EMAIL 1772366400000 [A-Za-z0-9_-]{43} https%3A%2F%2Fas\\.example");
  }

  @Test
  void equalValuesOfTwoIssuersOrKindsDoNotLookEqual() {
    assertThat(DigestedMark.of(new TokenMark("a", Kind.SUBJECT, "x")).digest())
        .isNotEqualTo(DigestedMark.of(new TokenMark("b", Kind.SUBJECT, "x")).digest())
        .isNotEqualTo(DigestedMark.of(new TokenMark("a", Kind.CLIENT, "x")).digest());
  }

  @Test
  void theSpecimensAreRead() {
    assertThat(LogRecord.parse("mark SUBJECT 1 " + DIGEST + " a%20b")).isNotNull();
    assertThat(LogRecord.parse("mark TOKEN 1 " + DIGEST + " ")).isNotNull();
    assertThat(LogRecord.parse("line -5 a")).isEqualTo(LogRecord.line("a", -5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mark",
        "mark SUBJECT 1 " + DIGEST,
        "mark SUBJECT 1 " + DIGEST + " a b",
        "mark SUBJECT 1 " + DIGEST + "A a",
        "mark SUBJECT 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB a",
        "mark SUBJECT x " + DIGEST + " a",
        "mark SUBJECT 123456789012345678 " + DIGEST + " a",
        "mark subject 1 " + DIGEST + " a",
        "mark OF_TOMORROW 1 " + DIGEST + " a",
        "mark SUBJECT 1  a",
        "mark SUBJECT 1 a",
        "line 1 " + DIGEST + " a",
        "line 1",
        "line 1 %zz",
        "line 1 a\n",
        "LINE 1 a"
      })
  void whatIsNoRecordIsNotRead(String text) {
    assertThat(LogRecord.parse(text)).isNull();
  }
}
