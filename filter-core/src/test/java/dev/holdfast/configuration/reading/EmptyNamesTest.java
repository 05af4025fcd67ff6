package dev.holdfast.configuration.reading;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmptyNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "holdfast."})
  void thePrefixAloneIsNoSetting(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.read(Map.of(name, "off")))
        .withMessage(
            name
                + ": there is no such setting: the names of all settings only begin so. Remove it,"
                + " or write the whole name, such as holdfast.policy.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rules", "rules[0]", "tokens", "tokens.issuers", "dpop.replay", "redis", "cors"})
  void anEmptyListOrSectionIsCalledEmpty(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.read(Map.of("holdfast." + name, " ")))
        .withMessageStartingWith("holdfast." + name + ": it is empty, and sets nothing. Leave it")
        .withMessageContaining("a file of that profile");
  }

  @Test
  void oneThatIsNotEmptyIsNoSetting() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.read(Map.of("holdfast.rules", "off")))
        .withMessageStartingWith("holdfast.rules: there is no such setting");
  }

  @Test
  void aPropertyThatOnlyBeginsLikeOneIsLeftAlone() {
    assertThatCode(() -> SettingsReader.read(Map.of("holdfasten", "off", "hold", "")))
        .doesNotThrowAnyException();
  }
}
