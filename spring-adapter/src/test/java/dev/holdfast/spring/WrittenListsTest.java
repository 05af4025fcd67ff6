package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.settings.SpreadElements;
import dev.holdfast.spring.boot.settings.WrittenLists;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What Boot would lose of a list within one property source. */
@Tag("verify")
class WrittenListsTest {
  private final WebApplicationContextRunner web =
      new WebApplicationContextRunner()
          .withConfiguration(StartTest.ALL)
          .withPropertyValues(StartTest.ISSUER, StartTest.AUDIENCE);

  private static Map<String, Object> properties(String... namesAndValues) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return properties;
  }

  private static PropertySource<?> source(Map<String, Object> properties) {
    return properties.keySet().iterator().next().startsWith("HOLDFAST_")
        ? new SystemEnvironmentPropertySource("test-systemEnvironment", properties)
        : new MapPropertySource("file with " + properties.keySet(), properties);
  }

  private static void look(PropertySource<?>... first) {
    StandardEnvironment environment = new StandardEnvironment();
    Arrays.asList(first).forEach(environment.getPropertySources()::addLast);
    new WrittenSettings(environment).check();
    SpreadElements.refuse(environment);
    WrittenLists.check(environment);
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.rules[0].paths, holdfast.rules[0].paths[1], /pay/**, /adm/**, commas or indexes",
    "holdfast.rules[0].paths, holdfast.rules[0].paths[0], /pay/**, /adm/**, commas or indexes",
    "holdfast.rules[0].paths[0], holdfast.rules[0].paths, /pay/**, /adm/**, commas or indexes",
    "holdfast.methods, holdfast.methods[0], dpop, certificate, commas or indexes",
    "HOLDFAST_RULES_0_PATHS, HOLDFAST_RULES_0_PATHS_1, /pay/**, /adm/**, commas or indexes",
    "HOLDFAST_METHODS, HOLDFAST_METHODS_0, dpop, certificate, commas or indexes",
    "holdfast.rules[0].http-methods, holdfast.rules[0].httpMethods, POST, GET, Keep one",
    "holdfast.rules[0].http-methods, holdfast.rules[0].httpMethods[0], POST, GET, commas or",
    "HOLDFAST_RULES_0_HTTPMETHODS, HOLDFAST_RULES_0_HTTP_METHODS, POST, GET, Keep one",
    "holdfast.policy, holdfast.Policy, required, off, Keep one",
    "holdfast.tokens.clock-skew, holdfast.tokens.clockSkew, 1s, 2s, Keep one",
    "holdfast.cookies.names, holdfast.cookies.names[0], A, B, commas or indexes"
  })
  void whatIsWrittenInTwoWaysStopsTheStart_C09(
      String one, String another, String value, String other, String action) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> look(source(properties(one, value, another, other))))
        .withMessageContaining("it is written in two ways, as ")
        .withMessageContaining(one)
        .withMessageContaining(another)
        .withMessageContaining(action);
  }

  @Test
  void theStartStops_C09() {
    web.withPropertyValues(
            "holdfast.rules[0].policy=off",
            "holdfast.rules[0].paths=/pay/**",
            "holdfast.rules[0].paths[1]=/adm/**")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("holdfast.rules[0].paths: it is written in two ways"));
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.methods[1], dpop, holdfast.methods[0]",
    "holdfast.tokens.issuers[1].issuer, https://as.example, holdfast.tokens.issuers[0]",
    "holdfast.rules[2].policy, off, holdfast.rules[0]",
    "HOLDFAST_METHODS_1, dpop, holdfast.methods[0]"
  })
  void aGapStopsTheStart_C09(String name, String value, String missing) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> look(source(properties(name, value))))
        .withMessage(
            missing
                + ": it is missing, and "
                + name
                + " is there, in "
                + source(properties(name, value)).getName()
                + ". Number the elements without a gap, from 0 on, and write the whole list in that"
                + " source.");
  }

  /** Before Boot says that elements were left unbound. */
  @Test
  void aGapIsExplainedInTheApplication_C09() {
    web.withPropertyValues("holdfast.methods[1]=dpop")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("holdfast.methods[0]: it is missing"));
  }

  @Test
  void anElementInAProfileAloneIsExplainedInTheApplication_C14() {
    web.withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(
                        source(
                            properties(
                                "holdfast.tokens.issuers[1].issuer", "https://other.example"))))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("issuers[0]: it is missing, and")
                    .hasStackTraceContaining("write the whole list in that source"));
  }

  @Test
  void whatAnotherSourceReplacesIsNoGapAndNoContradiction_C09() {
    assertThatCode(
            () -> {
              look(
                  source(properties("holdfast.methods", "dpop")),
                  source(properties("holdfast.methods[0]", "dpop")));
              look(
                  source(properties("holdfast.policy", "required")),
                  source(properties("holdfast.policy", "off", "holdfast.Policy", "required")));
              look(
                  source(properties("holdfast.proxies.trusted[0]", "::1")),
                  source(
                      properties(
                          "holdfast.proxies.trusted[0]",
                          "::2",
                          "holdfast.proxies.trusted",
                          "::3")));
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-methods", "httpMethods", "http_methods"})
  void oneValueInTwoSpellingsPasses_C09(String spelling) {
    assertThatCode(
            () ->
                look(
                    source(
                        properties(
                            "holdfast.rules[0].HTTPMETHODS",
                            "GET",
                            "holdfast.rules[0]." + spelling,
                            "GET",
                            "holdfast.rules[0].paths[0]",
                            "/a",
                            "holdfast.rules[0].paths[1]",
                            "/b"))))
        .doesNotThrowAnyException();
  }
}
