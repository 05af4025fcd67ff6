package dev.holdfast.configuration.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.Requirement;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order a filter's settings are looked for, and what may come from several places. */
class SettingsSourcesTest {
  private static final String ISSUER = "tokens.issuers[0].issuer";
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  private String file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private static Map<String, String> tokens(
      Map<String, String> parameters,
      Map<String, String> properties,
      Map<String, String> variables) {
    return SettingsSources.of(parameters, properties, variables).forTokens();
  }

  private static void assertStopped(
      String text,
      Map<String, String> parameters,
      Map<String, String> properties,
      Map<String, String> variables) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                SettingsReader.readInitParameters(
                    SettingsSources.of(parameters, properties, variables).forTokens()))
        .withMessageContaining(text);
  }

  @Test
  void theFirstPlaceThatSaysASettingCounts_C69() throws IOException {
    String file =
        file(
            "holdfast.properties", "holdfast.policy=off", "redis.uri=redis://file", "methods=dpop");
    Map<String, String> parameters = Map.of("policy", "required", "settings-file", file);
    Map<String, String> properties =
        Map.of("holdfast.policy", "when-bound", "holdfast.redis.uri", "redis://property");
    Map<String, String> variables =
        Map.of("HOLDFAST_POLICY", "report-only", "HOLDFAST_ROLESFROM", "scope", "PATH", "/bin");
    assertThat(tokens(parameters, properties, variables))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "policy", "required",
                "redis.uri", "redis://property",
                "roles-from", "scope",
                "methods", "dpop"));
    assertThat(tokens(NONE, properties, variables)).containsEntry("policy", "when-bound");
    assertThat(tokens(NONE, NONE, variables)).containsEntry("policy", "report-only");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFileMayBeNamedByAPropertyOrAVariable_C69(boolean byProperty) throws IOException {
    String file = file("holdfast.properties", "holdfast.policy = when-bound");
    assertThat(
            byProperty
                ? tokens(NONE, Map.of("holdfast.settings-file", file), NONE)
                : tokens(NONE, NONE, Map.of("HOLDFAST_SETTINGSFILE", file)))
        .isEqualTo(Map.of("policy", "when-bound"));
  }

  @Test
  void aListIsTakenAsAWhole_C69() {
    assertThat(
            tokens(
                Map.of("proxies.trusted[0]", "10.0.0.0/8"),
                Map.of("holdfast.proxies.trusted", "192.168.0.0/16,172.16.0.0/12"),
                Map.of("HOLDFAST_PROXIES_TRUSTED_1", "127.0.0.1/32")))
        .isEqualTo(Map.of("proxies.trusted[0]", "10.0.0.0/8"));
  }

  @Test
  void anIssuersSecretMayComeFromAnotherPlace_C69() {
    Map<String, String> merged =
        tokens(
            Map.of(
                ISSUER,
                "https://issuer.example",
                "tokens.issuers[0].introspection.uri",
                "https://issuer.example/introspect",
                "tokens.issuers[0].introspection.client-id",
                "api"),
            NONE,
            Map.of("HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENTSECRET", "correct horse"));
    assertThat(
            Objects.requireNonNull(
                    SettingsReader.readInitParameters(merged)
                        .tokens()
                        .issuers()
                        .get(0)
                        .introspection())
                .clientSecret())
        .isEqualTo("correct horse");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName_C69() throws IOException {
    String file = file("marked.properties", "\uFEFFholdfast.policy=when-bound");
    assertThat(tokens(Map.of("settings-file", file), NONE, NONE))
        .isEqualTo(Map.of("policy", "when-bound"));
  }

  @Test
  void whatIsWrongWithTheSettingsFileStopsTheStart_C69() throws IOException {
    assertStopped("cannot be read", Map.of("settings-file", "/no/such"), NONE, NONE);
    assertStopped(
        "holdfast.settings-file: \"x.properties\" is a relative path",
        Map.of("settings-file", "x.properties"),
        NONE,
        NONE);
    assertStopped(
        "holdfast.settings-file: it is empty. Give it a value",
        NONE,
        Map.of("holdfast.settings-file", " "),
        NONE);
    String empty = file("empty.properties", "# policy=required");
    assertStopped("empty.properties\" has no setting", Map.of("settings-file", empty), NONE, NONE);
    String twice = file("twice.properties", "holdfast.policy=off", "holdfast.policy=required");
    assertStopped("has holdfast.policy twice", Map.of("settings-file", twice), NONE, NONE);
    String both = file("both.properties", "policy=off", "holdfast.policy=required");
    assertStopped(
        "it is set with and without \"holdfast.\"", Map.of("settings-file", both), NONE, NONE);
    String another = file("another.properties", "settings-file=" + both);
    assertStopped("it stands in a settings file", Map.of("settings-file", another), NONE, NONE);
    String unknown = file("unknown.properties", "holdfast.polcy=off");
    assertStopped("there is no such setting", Map.of("settings-file", unknown), NONE, NONE);
  }

  /** Of two places that name a file, the first one counts, as for every setting. */
  @Test
  void theFileOfALaterPlaceIsNotRead_C69() throws IOException {
    assertThat(
            tokens(
                Map.of("settings-file", file("first.properties", "policy=required")),
                Map.of("holdfast.settings-file", "/no/such"),
                NONE))
        .isEqualTo(Map.of("policy", "required"));
  }

  @Test
  void aNameThatSetsNothingStopsTheStart_C69() {
    assertStopped("there is no such setting", NONE, Map.of("holdfast.polcy", "off"), NONE);
    assertStopped("there is no such setting", NONE, Map.of("holdfast", "off"), NONE);
    assertStopped("there is no such setting", NONE, NONE, Map.of("HOLDFAST_POLCY", "off"));
    assertStopped("it is empty", NONE, NONE, Map.of("HOLDFAST_POLICY", ""));
    assertStopped(
        "another variable sets holdfast.roles-from too",
        NONE,
        NONE,
        Map.of("HOLDFAST_ROLESFROM", "scope", "HOLDFAST_ROLES_FROM", "scope"));
  }

  /** They are there for every filter of the process. */
  @Test
  void eachFilterPassesOverWhatIsTheOthers_C69() throws IOException {
    String file = file("all.properties", "policy=required", "cookies.names=SID");
    SettingsSources all =
        SettingsSources.of(
            Map.of("settings-file", file),
            Map.of("holdfast.cookies.policy", "when-proven", "holdfast.proxies.trusted", "::1"),
            Map.of("HOLDFAST_DPOP_ENABLED", "false", "HOLDFAST_COOKIES_SECRETSFILE", "/no/such"));
    assertThat(all.forTokens())
        .isEqualTo(Map.of("policy", "required", "proxies.trusted", "::1", "dpop.enabled", "false"));
    SettingsSources cookies =
        SettingsSources.of(
            NONE, Map.of("holdfast.cookies.names", "SID"), Map.of("HOLDFAST_POLICY", "off"));
    assertThat(cookies.forCookies()).isEqualTo(Map.of("cookies.names", "SID"));
  }

  @Test
  void anInitParameterIsOfItsOwnFilterOnly_C74() {
    assertStopped(
        "it is a setting of the filter that binds cookies",
        Map.of("cookies.names", "SID"),
        NONE,
        NONE);
  }

  @Test
  void theProcessItselfIsAsked_C69() {
    System.setProperty("holdfast.policy", "when-bound");
    try {
      assertThat(
              SettingsReader.readInitParameters(SettingsSources.of(NONE, List.of()).forTokens())
                  .policy())
          .isEqualTo(Requirement.Mode.WHEN_BOUND);
    } finally {
      System.clearProperty("holdfast.policy");
    }
  }
}
