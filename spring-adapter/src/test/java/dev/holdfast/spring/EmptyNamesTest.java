package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Names that end too early: nothing is set by them, and somebody wrote them. */
class EmptyNamesTest {
  private static StandardEnvironment with(PropertySource<?> source) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(source);
    return environment;
  }

  private static void assertRefused(PropertySource<?> source, String text) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> new WrittenSettings(with(source)).check())
        .withMessage(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast", "HoldFast", "hold-fast"})
  void thePrefixAloneStopsTheStart(String name) {
    assertRefused(
        new MapPropertySource("test", Map.of(name, "off")),
        "holdfast: there is no such setting: the names of all settings only begin so. Remove it, or"
            + " write the whole name, such as holdfast.policy.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast.", "Holdfast.", "holdfast.policy.", "holdfast.rules[0]."})
  void aNameThatEndsWithADotStopsTheStart(String name) {
    assertRefused(
        new MapPropertySource("test", Map.of(name, "off")),
        name
            + ": there is no such setting: the name ends with a dot. Remove it, or write the whole"
            + " name, such as holdfast.policy.");
  }

  /** It can be asked for names only, as some sources of a cloud's. */
  @Test
  void aSourceThatCannotBeListedIsAskedForItToo() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                new WrittenSettings(
                        with(
                            new PropertySource<>("asked", new Object()) {
                              @Override
                              public Object getProperty(String name) {
                                return name.equals("holdfast") ? "off" : null;
                              }
                            }))
                    .check())
        .withMessageStartingWith("holdfast: there is no such setting");
  }

  @Test
  void thePrefixAloneStopsAnApplicationWithoutServletsToo() {
    new ApplicationContextRunner()
        .withConfiguration(StartTest.ALL)
        .withPropertyValues("holdfast=off")
        .run(
            context ->
                assertThat(context).getFailure().hasMessageContaining("holdfast: it is set, and"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holdfast: {rules: []}                       | rules",
        "holdfast: {rules: }                         | rules",
        "holdfast: {tokens: {issuers: []}}           | tokens.issuers",
        "holdfast: {tokens: }                        | tokens",
        "holdfast: {token-binding: }                 | token-binding",
        "holdfast: {tokens: {issuers: [{introspection: }]}} | tokens.issuers[0].introspection",
        "holdfast: {dpop: {replay: }}                | dpop.replay"
      })
  void anEmptyListOrSectionIsCalledEmpty(String yaml, String name) throws IOException {
    PropertySource<?> source =
        new YamlPropertySourceLoader()
            .load("test", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
            .get(0);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> new WrittenSettings(with(source)).check())
        .withMessageStartingWith(
            "holdfast." + name + ": it is empty, and sets nothing. Leave it out.");
  }
}
