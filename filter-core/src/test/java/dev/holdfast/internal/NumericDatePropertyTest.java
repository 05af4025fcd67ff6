package dev.holdfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Times as JSON has them (C27, C28). */
class NumericDatePropertyTest {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  @Property
  void aWholeNumberIsTheSameMomentInEitherSpelling_C27(
      @ForAll @LongRange(max = 253_402_300_799L) long seconds) {
    Instant moment = Instant.ofEpochSecond(seconds);

    assertThat(NumericDate.read(seconds)).isEqualTo(moment);
    assertThat(NumericDate.read((double) seconds)).isEqualTo(moment);
  }

  @Property
  void aFractionIsKept_C27(@ForAll @DoubleRange(max = 4e9) double seconds) {
    Instant moment = NumericDate.read(seconds);

    assertThat(moment).isNotNull();
    assertThat(Duration.between(Instant.EPOCH, moment).toNanos() / 1e9 - seconds)
        .isBetween(-2e-6, 2e-6);
  }

  @Property
  void anyNumberIsNoTimeOrOneOfTheCalendar_C28(@ForAll double seconds, @ForAll long whole) {
    assertLawful(NumericDate.read(seconds), Double.isFinite(seconds) && seconds >= 0);
    assertLawful(NumericDate.read(whole), whole >= 0);
    assertLawful(NumericDate.read(Double.longBitsToDouble(whole)), isTime(whole));
  }

  private static boolean isTime(long bits) {
    double seconds = Double.longBitsToDouble(bits);
    return Double.isFinite(seconds) && seconds >= 0;
  }

  private static void assertLawful(Instant moment, boolean lawful) {
    if (lawful) {
      assertThat(moment).isBetween(Instant.EPOCH, LAST);
    } else {
      assertThat(moment).isNull();
    }
  }

  @Property
  void aTextIsNoTime_T45(@ForAll String text) {
    assertThat(NumericDate.read(text)).isNull();
  }
}
