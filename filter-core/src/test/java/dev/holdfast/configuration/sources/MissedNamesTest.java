package dev.holdfast.configuration.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that were meant for Holdfast, and that no place has in this spelling. */
class MissedNamesTest {
  private static final Map<String, String> NONE = Map.of();

  private static void assertStopped(
      String text, Map<String, String> properties, Map<String, String> variables) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsSources.of(NONE, properties, variables).forTokens())
        .withMessageContaining(text);
  }

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_POLICY, holdfast.policy",
    "holdfast_policy, holdfast.policy",
    "holdfast-policy, holdfast.policy",
    "Holdfast.policy, holdfast.policy",
    "HOLDFAST_SETTINGSFILE, holdfast.settings-file",
    "HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI, holdfast.tokens.issuers[0].jwk-set-uri",
    "HOLDFAST.TOKENS.ISSUERS[1].JWK-SET-URI, holdfast.tokens.issuers[1].jwk-set-uri",
    "HOLDFAST_POLCY, holdfast.policy"
  })
  void aSystemPropertyInAnotherSpellingStopsTheStart(String name, String meant) {
    assertStopped(
        name
            + ": a system property of this name sets nothing. Write the name of a setting, such as "
            + meant
            + ".",
        Map.of(name, "off"),
        NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.policy, HOLDFAST_POLICY",
    "HOLDFAST.POLICY, HOLDFAST_POLICY",
    "HOLDFAST-POLICY, HOLDFAST_POLICY",
    "holdfast.tokens.issuers[0].jwk-set-uri, HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI",
    "holdfast.polcy, HOLDFAST_POLICY"
  })
  void aVariableInAnotherSpellingStopsTheStart(String name, String meant) {
    assertStopped(
        name
            + ": an environment variable of this name sets nothing. Write the variable of a"
            + " setting, such as "
            + meant
            + ".",
        NONE,
        Map.of(name, "off"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfastly", "my.holdfast.policy", "HOLDFAST_SERVICE_HOST"})
  void othersNamesAreFree(String name) {
    assertThat(SettingsSources.of(NONE, Map.of(name, "x"), Map.of(name, "y")).forTokens())
        .isEmpty();
  }

  /** The filter for cookies passes over the settings of tokens, and over nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules[0].pathz",
        "tokens.x",
        "dpop.enable",
        "redis.url",
        "cors.origins",
        "policy.x",
        "cookies.namez",
        "proxies.truste"
      })
  void aNameThatNoFilterHasStopsBothFilters(String name) {
    Map<String, String> written = Map.of("holdfast." + name, "x");
    for (SettingsSources sources :
        new SettingsSources[] {
          SettingsSources.of(written, NONE, NONE), SettingsSources.of(NONE, written, NONE)
        }) {
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(sources::forCookies)
          .withMessageContaining("holdfast." + name + ": there is no such setting");
      assertThatExceptionOfType(InvalidSettingException.class)
          .isThrownBy(sources::forTokens)
          .withMessageContaining("holdfast." + name + ": there is no such setting");
    }
  }
}
