package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Names that end too early: nothing is set by them, and somebody wrote them. */
@Tag("verify")
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

  /** As Boot reads {@code spring.application.json}: null stays null, and [] an empty list. */
  private static PropertySource<?> json(String name, Object value) {
    Map<String, Object> read = new HashMap<>();
    read.put(name, value);
    return new MapPropertySource("spring.application.json", read);
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.policy, it is empty. Give it a value",
    "holdfast.proxies.certificates, it is empty. Give it a value",
    "holdfast.rules[0].policy, it is empty. Give it a value",
    "holdfast.rules[0].http-methods, it is empty. Give it a value",
    "holdfast.rules[0].paths[1], it is empty. Give it a value",
    "holdfast.tokens.chains-of-others, it is empty. Give it a value",
    "holdfast.rules, it is empty, and sets nothing. Leave it out",
    "holdfast.proxies.secret-header, it is empty, and sets nothing. Leave it out",
    "holdfast, there is no such setting: the names of all settings only begin so"
  })
  void aNullAndAnEmptyListAreEmptyToo(String name, String text) {
    for (PropertySource<?> source : List.of(json(name, null), json(name, List.of()))) {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(() -> new WrittenSettings(with(source)).check())
          .withMessageStartingWith(name + ": " + text);
    }
  }

  @Test
  void aNullThatASourceBeforeItReplacesDoesNotStopTheStart() {
    StandardEnvironment environment = with(json("holdfast.policy", null));
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("arguments", Map.of("holdfast.policy", "off")));
    assertThatCode(() -> new WrittenSettings(environment).check()).doesNotThrowAnyException();
  }

  /** Boot's own reader, on the way from the text to the start. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'holdfast':{'policy':null}}                        | holdfast.policy: it is empty",
        "{'holdfast':{'rules':[]}}                           | holdfast.rules: it is empty",
        "{'holdfast':{'rules':[{'paths':['/adm/**',null],'policy':'off'}]}} | holdfast.rules[0].paths[1]: it is empty"
      })
  void theStartStopsForThemInJson(String json, String text) {
    new WebApplicationContextRunner()
        .withConfiguration(StartTest.ALL)
        .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE)
        .withInitializer(
            context -> {
              context
                  .getEnvironment()
                  .getPropertySources()
                  .addFirst(
                      new MapPropertySource(
                          "json", Map.of("spring.application.json", json.replace('\'', '"'))));
              BootParts.readApplicationJson(context.getEnvironment());
            })
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining(text));
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast[policy], holdfast.policy",
    "holdfast[tokens].clock-skew, holdfast.tokens.clock-skew",
    "hold-fast.policy, holdfast.policy"
  })
  void aPrefixThatIsWrittenInAnotherWayIsNamedRight(String name, String right) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                new WrittenSettings(with(new MapPropertySource("test", Map.of(name, "off"))))
                    .check())
        .withMessageEndingWith("begins with holdfast.. Write " + right + ".");
  }
}
