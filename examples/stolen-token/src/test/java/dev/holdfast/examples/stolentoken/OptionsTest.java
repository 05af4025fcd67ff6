package dev.holdfast.examples.stolentoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void coloursAreForTerminalsWhosePersonWantsThem() {
    assertThat(Options.parse(List.of(), Map.of()).colours()).isFalse();
    assertThat(Options.parse(List.of("--terminal"), Map.of()).colours()).isTrue();
    assertThat(Options.parse(List.of("--terminal"), Map.of("NO_COLOR", "1")).colours()).isFalse();
    assertThat(Options.parse(List.of("--terminal"), Map.of("NO_COLOR", "")).colours()).isTrue();
  }

  @Test
  void theTableIsNeverTooNarrowToRead() {
    assertThat(Options.parse(List.of("--columns=40"), Map.of()).columns()).isEqualTo(100);
    assertThat(Options.parse(List.of("--columns=140"), Map.of()).columns()).isEqualTo(140);
  }

  @Test
  void anUnknownArgumentIsRefused() {
    assertThatThrownBy(() -> Options.parse(List.of("--colour"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--columns=NUMBER");
  }
}
