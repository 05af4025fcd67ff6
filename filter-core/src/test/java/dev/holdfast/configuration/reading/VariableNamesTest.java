package dev.holdfast.configuration.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNamesTest {

  @ParameterizedTest
  @CsvSource({
    "HOLDFAST_DPOP_NONCES,HOLDFAST_DPOP_NONCE",
    "HOLDFAST_RULES_0_PATH,HOLDFAST_RULES_0_PATHS",
    "HOLDFAST_RULES_12_POLCY,HOLDFAST_RULES_12_POLICY",
    "HOLDFAST_POLCY,HOLDFAST_POLICY",
    "HOLDFAST_TOKENS_ISSUERS_0_ISUER,HOLDFAST_TOKENS_ISSUERS_0_ISSUER",
    "HOLDFAST_TOKENS_ISSUERS_ISSUER,HOLDFAST_TOKENS_ISSUERS_0_ISSUER",
    "HOLDFAST_TOKENS_ISSUERS_0_JWKS_URI,HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI",
    "HOLDFAST_TOKEN_BINDING_KEYPARAMETERS,HOLDFAST_TOKENBINDING_KEYPARAMETERS",
    "HOLDFAST_COOKIES_NAME,HOLDFAST_COOKIES_NAMES",
    "holdfast_polcy,HOLDFAST_POLICY"
  })
  void aVariableThatSetsNothingStopsTheStartWithTheNearestName_C13(String name, String nearest) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.propertyOfVariable(name))
        .withMessageStartingWith(name + ": there is no such setting. The nearest is " + nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOLDFAST_", "HOLDFAST_VERSION", "HOLDFAST_TOKENS_CACHE_SIZE"})
  void aVariableThatIsNearToNoNameIsNotGivenOne_C13(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.propertyOfVariable(name))
        .withMessageStartingWith(name + ": there is no such setting. Remove it, or write one of");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOLDFAST_SERVICE_HOST",
        "HOLDFAST_SERVICE_PORT",
        "HOLDFAST_SERVICE_PORT_HTTPS",
        "HOLDFAST_PORT",
        "HOLDFAST_PORT_8443_TCP",
        "HOLDFAST_PORT_8443_TCP_ADDR",
        "HOLDFAST_API_SERVICE_HOST",
        "HOLDFAST_API_V2_SERVICE_PORT_HTTP",
        "HOLDFAST_API_PORT",
        "HOLDFAST_API_PORT_80_TCP_PROTO",
        "HOLDFAST_REQUIRE_PROXIES",
        "PATH",
        "HOLDFASTLY",
        "MY_HOLDFAST_POLCY"
      })
  void othersVariablesAreFree_C13(String name) {
    assertThat(SettingsReader.propertyOfVariable(name)).isEmpty();
  }

  @Provide
  Arbitrary<String> settings() {
    return Arbitraries.of(PropertyNames.shapes());
  }

  /** Dashes left out, in any letter case, or all of them as underscores: Spring Boot takes both. */
  @Property
  void everySettingHasItsVariable_C13(
      @ForAll("settings") String shape, @ForAll("index") int index, @ForAll boolean upper) {
    String name = shape.replace("[]", "[" + index + "]");
    String dotted = shape.replace("[]", "." + index).replace('.', '_');
    String dashless = "holdfast_" + dotted.replace("-", "");
    assertThat(VariableNames.propertyOf(upper ? dashless.toUpperCase(Locale.ROOT) : dashless))
        .isEqualTo(name);
    String underscores = ("holdfast_" + dotted.replace('-', '_')).toUpperCase(Locale.ROOT);
    assertThat(VariableNames.propertyOf(underscores)).isEqualTo(name);
    assertThat(NameChecks.ofAnySpelling(upper ? name.toUpperCase(Locale.ROOT) : name))
        .isEqualTo(name);
    assertThat(NameChecks.ofAnySpelling(name.replace("-", ""))).isEqualTo(name);
  }

  @Provide
  Arbitrary<Integer> index() {
    return Arbitraries.integers().between(0, 9_999);
  }

  /** Whatever is written, the answer is a refusal with a text or none at all. */
  @Property
  void anyNameIsAnswered_C13(@ForAll String rest) {
    try {
      VariableNames.propertyOf("HOLDFAST_" + rest);
    } catch (InvalidSettingException refused) {
      if (!String.valueOf(refused.getMessage()).contains("HOLDFAST_")) {
        throw new AssertionError("no name in it", refused);
      }
    }
  }
}
