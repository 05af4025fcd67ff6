package dev.holdfast.configuration.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issuers and rules, each list of which comes from one place, except for secrets. */
class RecordListsTest {
  private static final String ISSUER = "tokens.issuers[0].issuer";
  private static final String SECRET = "tokens.issuers[0].introspection.client-secret";
  private static final String VARIABLE = "HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENTSECRET";
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  private String file(String... lines) throws IOException {
    return Files.write(folder.resolve("holdfast.properties"), List.of(lines)).toString();
  }

  private static Map<String, String> tokens(
      Map<String, String> parameters,
      Map<String, String> properties,
      Map<String, String> variables) {
    return SettingsSources.of(parameters, properties, variables).forTokens();
  }

  private static void assertStopped(
      List<String> texts,
      Map<String, String> parameters,
      Map<String, String> properties,
      Map<String, String> variables) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> tokens(parameters, properties, variables))
        .satisfies(refused -> assertThat(refused.getMessage()).contains(texts));
  }

  @ParameterizedTest
  @CsvSource({
    "tokens.issuers[0].issuer, tokens.issuers[0].issuer, HOLDFAST_TOKENS_ISSUERS_0_ISSUER",
    "tokens.issuers[0].issuer, tokens.issuers[0].jwk-set-uri, HOLDFAST_TOKENS_ISSUERS_0_JWKSETURI",
    "tokens.issuers[0].issuer, tokens.issuers[0].audiences, HOLDFAST_TOKENS_ISSUERS_0_AUDIENCES",
    "tokens.issuers[0].issuer, tokens.issuers[0].algorithms[1], HOLDFAST_TOKENS_ISSUERS_0_ALGORITHMS_1",
    "tokens.issuers[0].issuer, tokens.issuers[1].issuer, HOLDFAST_TOKENS_ISSUERS_1_ISSUER",
    "rules[0].paths, rules[1].policy, HOLDFAST_RULES_1_POLICY",
    "rules[0].paths[0], rules[0].http-methods, HOLDFAST_RULES_0_HTTPMETHODS",
    "rules[1].paths, rules[1].paths[0], HOLDFAST_RULES_1_PATHS_0"
  })
  void aListInTwoPlacesStopsTheStart(String first, String second, String variable)
      throws IOException {
    String both = "the init parameters (" + first + "), the environment (" + second + ")";
    assertStopped(
        List.of(both, "Write the whole list in one place"),
        Map.of(first, "/a"),
        NONE,
        Map.of(variable, "b"));
    assertStopped(
        List.of("the system properties (" + second + "), the file ", "(" + first + ")"),
        Map.of("settings-file", file(first + "=/a")),
        Map.of("holdfast." + second, "b"),
        NONE);
  }

  /** The broader rule of another place would have let a stolen token pass. */
  @Test
  void aPlaceThatHasPartOfARuleAddsNoOther() {
    assertStopped(
        List.of("holdfast.rules: its settings are written in several places"),
        Map.of("rules[0].paths", "/public/**", "rules[1].paths", "/**"),
        Map.of("holdfast.rules[0].http-methods", "GET", "holdfast.rules[1].policy", "off"),
        NONE);
  }

  @Test
  void aSecretMayComeFromAnyOtherPlace() throws IOException {
    String list = file(ISSUER + "=https://a", "tokens.issuers[1].issuer=https://b");
    assertThat(tokens(Map.of("settings-file", list), NONE, Map.of(VARIABLE, "x")))
        .containsOnlyKeys(ISSUER, "tokens.issuers[1].issuer", SECRET);
    String secret = file(SECRET + "=x");
    assertThat(tokens(Map.of(ISSUER, "https://a", "settings-file", secret), NONE, NONE))
        .containsOnlyKeys(ISSUER, SECRET);
    String path = Files.writeString(folder.resolve("s"), "x").toString();
    assertThat(tokens(Map.of(ISSUER, "https://a"), NONE, Map.of(VARIABLE + "FILE", path)))
        .containsEntry(SECRET, "x");
  }

  @Test
  void aSecretOfAnElementThatTheListHasNotStopsTheStart() {
    assertStopped(
        List.of("the list in the init parameters has no element tokens.issuers[1]"),
        Map.of(ISSUER, "https://a"),
        NONE,
        Map.of("HOLDFAST_TOKENS_ISSUERS_1_INTROSPECTION_CLIENTSECRET", "x"));
  }

  @Test
  void oneSecretInTwoPlacesStopsTheStart() {
    assertStopped(
        List.of(
            "holdfast." + SECRET, "it is written in the init parameters and in the environment"),
        Map.of(ISSUER, "https://a", SECRET, "x"),
        NONE,
        Map.of(VARIABLE + "FILE", "/no/such"));
  }

  @Test
  void eachListMayHaveAPlaceOfItsOwn() {
    assertThat(
            tokens(
                Map.of(ISSUER, "https://a"),
                Map.of("holdfast.rules[0].paths", "/a"),
                Map.of("HOLDFAST_POLICY", "required")))
        .containsOnlyKeys(ISSUER, "rules[0].paths", "policy");
  }
}
