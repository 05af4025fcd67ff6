package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.Requirement;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.TokenRequirement;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.policy.PathPattern;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rules[].scopes}, {@code .max-authentication-age} and {@code .acr-values}. */
class TokenDemandSettingsTest {

  private static String[] rule(String... more) {
    List<String> all = new ArrayList<>(List.of("rules[0].paths", "/a/**"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static Requirement requirement(String... more) {
    return assembly(rule(more)).policy().requirements().get(1);
  }

  @Test
  void eachIsReadAndNothingElseOfTheRuleIsChanged() {
    Requirement requirement =
        requirement(
            "rules[0].scopes", "payments:write, payments:read",
            "rules[0].max-authentication-age", "5m",
            "rules[0].acr-values[0]", "phr",
            "rules[0].acr-values[1]", "urn:example:a,b");
    assertThat(requirement.token())
        .isEqualTo(
            new TokenRequirement(
                List.of("payments:write", "payments:read"),
                Duration.ofMinutes(5),
                List.of("phr", "urn:example:a,b")));
    assertThat(requirement.mode()).isEqualTo(Mode.REQUIRED);
    assertThat(requirement.methods())
        .isEqualTo(assembly().policy().requirements().get(0).methods());
  }

  @Test
  void aRuleThatNamesNoneDemandsNone() {
    assertThat(requirement("rules[0].policy", "when-bound").token())
        .isEqualTo(TokenRequirement.NONE);
    assertThat(
            assembly(
                    rule(
                        "rules[0].policy", "when-bound",
                        "rules[1].paths", "/**",
                        "rules[1].scopes", "a"))
                .policy()
                .requirements())
        .extracting(one -> one.token().scopes())
        .containsExactly(List.of(), List.of(), List.of("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "rules[0].scopes[0],a b,is no scope",
    "rules[0].scopes[0],a\"b,is no scope",
    "rules[0].scopes[0],a\\b,is no scope",
    "rules[0].scopes[0],\u00e4,is no scope",
    "rules[0].scopes,'',it is empty",
    "rules[0].scopes,'a,,b',an element is empty",
    "rules[0].scopes,'a b',has white space in it",
    "rules[0].scopes,'a,b,a','\"a\" stands there twice. Write it once'",
    "rules[0].acr-values,'phr, phr',stands there twice",
    "rules[0].acr-values[0],a b,is no acr value",
    "rules[0].acr-values[0],a\"b,is no acr value",
    "rules[0].acr-values,'',it is empty",
    "rules[0].acr-values,'a b',has white space in it",
    "rules[0].max-authentication-age,0s,is out of range",
    "rules[0].max-authentication-age,-5m,is out of range",
    "rules[0].max-authentication-age,1500ms,is out of range",
    "rules[0].max-authentication-age,300,has no unit",
    "rules[0].max-authentication-age,366d,is out of range",
    "rules[0].max-authentication-age,soon,cannot be read"
  })
  void aWrongValueStopsTheStart(String name, String value, String problem) {
    String setting = name.replaceAll("\\[0]$", "");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> assembly(rule(name, value)))
        .withMessageContaining("holdfast." + setting)
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "payments:write", "a/b.c~!#[]'%", "https://graph.example/Mail.Read"})
  void aLawfulScopeStarts(String scope) {
    assertThat(requirement("rules[0].scopes[0]", scope).token().scopes()).containsExactly(scope);
  }

  @ParameterizedTest
  @CsvSource({"1s,1", "300s,300", "PT5M,300", "365d,31536000"})
  void aLawfulAgeStarts(String age, long seconds) {
    assertThat(requirement("rules[0].max-authentication-age", age).token().maxAuthenticationAge())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"scopes, a", "max-authentication-age, 5m", "acr-values, phr"})
  void whereNobodyLooksAtTokensNothingIsDemandedOfThem(String name, String value) {
    assertRefused(
        "holdfast.rules[0]."
            + name
            + ": the policy is off for this rule, so that it would not be enforced. Set"
            + " holdfast.rules[0].policy to when-bound, or to required, or remove this setting",
        rule("rules[0].policy", "off", "rules[0]." + name, value));
    assertRefused(
        "holdfast.rules[0]."
            + name
            + ": the policy (holdfast.policy) is off for this rule, so that it would not be enforced",
        rule("policy", "off", "rules[0]." + name, value));
    for (String policy : List.of("when-bound", "required", "report-only")) {
      assembly(rule("policy", "off", "rules[0].policy", policy, "rules[0]." + name, value));
    }
  }

  @Test
  void twiceTheSameStopsTheStart() {
    RuleSettings twice =
        new RuleSettings(
            List.of(PathPattern.parse("/a")),
            Set.of(),
            Set.of(),
            null,
            Set.of(),
            List.of("a", "a"),
            null,
            List.of());
    HoldfastSettings settings = HoldfastSettings.defaults().withRules(List.of(twice));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> Assembly.of(settings, Clock.systemUTC()))
        .withMessageContaining("holdfast.rules[0].scopes: \"a\" stands there twice. Write it once");
  }

  @Test
  void onlyAProofOfDpopIsRequiredWhateverScopesAreDemanded() {
    assertThat(
            assembly(rule("methods", "dpop", "rules[0].scopes", "a")).mechanisms().stream()
                .filter(one -> one.method() == dev.holdfast.ConfirmationMethod.DPOP)
                .findFirst()
                .orElseThrow()
                .metadata(
                    assembly(rule("methods", "dpop", "rules[0].scopes", "a"))
                        .policy()
                        .requirements()))
        .containsEntry("dpop_bound_access_tokens_required", true);
  }
}
