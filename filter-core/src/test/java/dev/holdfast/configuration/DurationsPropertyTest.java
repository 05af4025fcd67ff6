package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DurationsPropertyTest {

  @Property
  void whatIsShownIsReadAsTheSame_C17(
      @ForAll @LongRange(min = -100_000_000, max = 100_000_000) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.text(duration))).isEqualTo(duration);
  }

  @Property
  void anyTextIsADurationOrNone_C17(@ForAll String text) {
    Duration read = Durations.parse(text);
    assertThat(read == null || Durations.parse(read.toString()) != null).isTrue();
  }
}
