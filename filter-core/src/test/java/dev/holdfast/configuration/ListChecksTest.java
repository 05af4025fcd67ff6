package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.policy.PathPattern;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements of lists that are separated by something else than commas. */
class ListChecksTest {
  private static final String PATHS = "rules[0].paths";
  private static final String AUDIENCES = "tokens.issuers[0].audiences";

  private static void assertRefused(String setting, String value) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.readInitParameters(map(setting, value)))
        .withMessageContaining("holdfast." + setting.replaceAll("\\[\\d+]$", ""))
        .withMessageContaining("Separate the elements by commas");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.requireReadable("holdfast." + setting, value))
        .withMessageContaining("Separate the elements by commas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a /b",
        "\n /api/x\n /api/y",
        "/a\t/b",
        "/a\u00a0",
        "\u2003/a",
        "/a\u200b",
        "/a\u2028/b",
        "/a\u0085",
        "/a\u3000/b",
        "/a, /b /c"
      })
  void pathsThatAreNotSeparatedByCommasStopTheStart(String paths) {
    assertRefused(PATHS, paths);
    if (paths.indexOf(',') < 0) {
      assertRefused(PATHS + "[0]", paths);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a /b", "/api/x\n/api/y", "/a\u200b", "/a\u00a0"})
  void soDoesSuchAPathInCode(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathPattern.parse(path))
        .withMessageContaining("separate the elements by commas");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-a api-b", "api-a\napi-b", "api\u200b", "\u00a0api", "api\u00a0two"})
  void audiencesThatAreNotSeparatedByCommasStopTheStart(String audiences) {
    assertRefused(AUDIENCES, audiences);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-a\napi-b", "api\u200b", "\u00a0api"})
  void soDoesSuchAnAudienceWithAnIndexOrInCode(String audience) {
    assertRefused(AUDIENCES + "[0]", audience);
    HoldfastSettings read = GivenSettings.settings();
    HoldfastSettings coded =
        new HoldfastSettings(
            read.policy(),
            read.methods(),
            read.rules(),
            new TokenSettings(
                List.of(IssuerSettings.ofJwt("https://issuer.example").withAudiences(audience)),
                read.tokens().cache(),
                read.tokens().clockSkew()),
            read.certificate(),
            read.tokenBinding(),
            read.dpop(),
            read.proxies(),
            read.redis());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> Assembly.of(coded, Clock.systemUTC()))
        .withMessageContaining("Separate the elements by commas");
  }

  @Test
  void whatIsSeparatedByCommasMayStandOnLinesOfItsOwn() {
    HoldfastSettings settings =
        SettingsReader.readInitParameters(
            map(
                PATHS,
                "\n  /api/x,\n  /my files/y\n",
                AUDIENCES + "[0]",
                "My API",
                AUDIENCES + "[1]",
                "https://api.example"));
    assertThat(settings.rules().get(0).paths())
        .extracting(PathPattern::toString)
        .containsExactly("/api/x", "/my files/y");
    assertThat(settings.tokens().issuers().get(0).audiences())
        .containsExactlyInAnyOrder("My API", "https://api.example");
  }

  @Test
  void aSecretMayHaveBlanks() {
    assertThatCode(
            () ->
                CookieSettingsReader.read(
                    map("cookies.secrets", "eight words of a pass phrase are / enough")))
        .doesNotThrowAnyException();
  }
}
