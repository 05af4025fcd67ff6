package dev.holdfast.spring.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.HoldfastAutoConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What two property sources say of one element of a list. */
class SpreadElementsTest {
  private static final String ISSUER = "holdfast.tokens.issuers[0].";

  private static Map<String, Object> source(String... namesAndValues) {
    Map<String, Object> source = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      source.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return source;
  }

  /** The first comes before the second. */
  private static void look(Map<String, Object> first, Map<String, Object> second) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("a file", second));
    environment
        .getPropertySources()
        .addFirst(
            first.keySet().iterator().next().startsWith("HOLDFAST_")
                ? new SystemEnvironmentPropertySource("systemEnvironment", first)
                : new MapPropertySource("command line", first));
    SpreadElements.refuse(environment);
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_TOKENS_ISSUERS_0_ISSUER, holdfast.tokens.issuers[0].audiences",
    "HOLDFAST_TOKENS_ISSUERS_0_ISSUER, holdfast.tokens.issuers[0].audiences[0]",
    "holdfast.tokens.issuers[0].issuer, holdfast.tokens.issuers[0].introspection.client-secret",
    "holdfast.rules[0].policy, holdfast.rules[0].paths",
    "holdfast.rules[0].policy, holdfast.rules[0].httpMethods[1]",
    "HOLDFAST_RULES_0_POLICY, holdfast.rules[0].paths",
    "holdfast.rules[1].policy, holdfast.rules[1].paths",
    "holdfast.proxies.trusted[0], holdfast.proxies.trusted[1]",
    "holdfast.cookies.secrets[0], holdfast.cookies.secrets[1]",
    "HOLDFAST_COOKIES_SECRETS_0, holdfast.cookies.secrets[1]",
    "holdfast.tokens.issuers[0].issuer, holdfast.tokens.issuers[1].issuer",
    "holdfast.events.transmitters[0].issuer, holdfast.events.transmitters[0].audiences"
  })
  void anElementThatIsSpreadStopsTheStart_C14(String first, String second) {
    assertThatThrownBy(() -> look(source(first, "a"), source(second, "b")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("spread over two property sources")
        .hasMessageContaining("${MY_VARIABLE}")
        .hasMessageContaining("a file");
  }

  @Test
  void aWholeListReplacesAnother_C14() {
    assertThatCode(
            () -> {
              look(
                  source(ISSUER + "issuer", "a", ISSUER + "audiences", "x"),
                  source(ISSUER + "issuer", "b", ISSUER + "audiences[0]", "y"));
              look(
                  source(
                      "HOLDFAST_TOKENS_ISSUERS_0_ISSUER",
                      "a",
                      "HOLDFAST_TOKENS_ISSUERS_0_JWK_SET_URI",
                      "x"),
                  source(ISSUER + "issuer", "b", ISSUER + "jwkSetUri", "y"));
              look(
                  source("holdfast.proxies.trusted[0]", "a"),
                  source("holdfast.proxies.trusted[0]", "b", "holdfast.proxies.trusted[1]", "c"));
              look(
                  source(ISSUER + "issuer", "a"),
                  source(ISSUER + "issuer", "b", "holdfast.tokens.issuers[1].issuer", "c"));
              for (String spelling : List.of("jwk-set-uri", "jwkSetUri", "JWK_SET_URI")) {
                look(
                    source("HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI", "a"),
                    source(ISSUER + spelling, "b"));
                look(source(ISSUER + "jwk-set-uri", "a"), source(ISSUER + spelling, "b"));
              }
              look(source("holdfast.policy", "off"), source(ISSUER + "issuer", "b"));
              look(source("other.issuers[0].issuer", "a"), source("other.issuers[0].x", "b"));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theStartStops_C14() {
    new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastAutoConfiguration.class))
        .withSystemProperties(ISSUER + "issuer=https://as.example")
        .withPropertyValues(ISSUER + "jwk-set-uri=https://as.example/keys")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("is spread over two property sources"));
  }
}
