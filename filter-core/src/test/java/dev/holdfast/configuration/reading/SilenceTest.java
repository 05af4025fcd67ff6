package dev.holdfast.configuration.reading;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.Durations;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.Ranges;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.checks.Audiences;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.TokenSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.servlet.HoldfastFilter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not said is never a permission. */
class SilenceTest {
  private static final String INTROSPECTION = "tokens.issuers[1].introspection.";

  static Stream<String> everyName() {
    return SettingsReader.names().stream().map(SilenceTest::withIndexes);
  }

  private static String withIndexes(String name) {
    return name.replace("[]", "[0]");
  }

  @ParameterizedTest
  @CsvSource({"policy,off", "policy,when-bound", "methods,certificate"})
  void aRuleThatSelectsNothingStopsTheStart_C09(String name, String value) {
    assertRefused("holdfast.rules[0]: it names no path", "rules[0]." + name, value);
  }

  @Test
  void aRuleMadeInCodeSelectsSomethingToo_C09() {
    RuleSettings everything = new RuleSettings(List.of(), Set.of(), Set.of(), Mode.OFF, Set.of());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                HoldfastFilter.builder()
                    .issuer("https://issuer.example", "https://api.example")
                    .rule(everything)
                    .build())
        .withMessageContaining("holdfast.rules[0]: it names no path");
  }

  @ParameterizedTest
  @CsvSource({
    "paths,/public/**",
    "paths,/**",
    "http-methods,GET",
    "issuers,https://issuer.example"
  })
  void aRuleThatSelectsSomethingDoesNot_C09(String name, String value) {
    assertThatCode(() -> assembly("rules[0]." + name, value, "rules[0].policy", "off"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("everyName")
  void aBlankValueIsRefusedForEverySetting_C10(String name) {
    for (String blank : List.of("", " ", "\t")) {
      assertThatExceptionOfType(InvalidSettingException.class)
          .as("\"%s\"", blank)
          .isThrownBy(() -> SettingsReader.requireReadable(name, blank))
          .withMessageStartingWith(name + ": it is empty");
      assertThatExceptionOfType(InvalidSettingException.class)
          .as("\"%s\"", blank)
          .isThrownBy(() -> readByItsFilter(name, blank));
    }
  }

  private static Object readByItsFilter(String name, String value) {
    Map<String, String> one = Map.of(name, value);
    return name.startsWith("holdfast.cookies.")
        ? CookieSettingsReader.read(one)
        : SettingsReader.read(one);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "a,", ",a", "a, ,b"})
  void aBlankElementIsRefusedInEveryList_C10(String value) {
    everyName()
        .filter(name -> PropertyNames.isList(name.substring("holdfast.".length())))
        .forEach(
            name ->
                assertThatExceptionOfType(InvalidSettingException.class)
                    .as(name)
                    .isThrownBy(() -> SettingsReader.requireReadable(name, value))
                    .withMessageContaining("an element is empty"));
  }

  @Test
  void anIssuerOfJwtsNamesAudiences_C11() {
    assertRefused("tokens.issuers[1].audiences", "tokens.issuers[1].issuer", "https://b.example");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                HoldfastFilter.builder().issuer(IssuerSettings.ofJwt("https://as.example")).build())
        .withMessageContaining("holdfast.tokens.issuers[0].audiences: it is missing");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> HoldfastFilter.builder().issuer("https://as.example").build())
        .withMessageContaining("holdfast.tokens.issuers[0].audiences: it is missing");
    assertThatCode(
            () -> HoldfastFilter.builder().issuer("https://as.example", "https://api").build())
        .doesNotThrowAnyException();
  }

  @Test
  void aStarSaysAnyAudienceAndStandsAlone_C11() {
    assertThatCode(() -> assembly("tokens.issuers[0].audiences", "*")).doesNotThrowAnyException();
    assertThat(Audiences.required(IssuerSettings.ofJwt("https://as.example").withAudiences("*")))
        .isEmpty();
    assertRefused(
        "tokens.issuers[0].audiences: \"*\"",
        "tokens.issuers[0].audiences",
        "*,https://api.example");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                HoldfastFilter.builder()
                    .issuer(IssuerSettings.ofJwt("https://as.example").withAudiences(" "))
                    .build())
        .withMessageContaining("an audience is empty");
  }

  @Test
  void introspectionWithoutAudiencesIsWarnedOf_C11() {
    assertThat(warnings(introspection("*"))).isEmpty();
    assertThat(warnings(introspection("https://api.example"))).isEmpty();
    assertThat(warnings(introspection(null)))
        .singleElement()
        .asString()
        .startsWith("holdfast.tokens.issuers[1].audiences is missing");
  }

  private static String[] introspection(String audience) {
    return Stream.of(
            Stream.of(INTROSPECTION + "uri", "https://issuer.example/introspect"),
            Stream.of(
                INTROSPECTION + "client-id", "api", INTROSPECTION + "client-secret", "s3cret"),
            audience == null
                ? Stream.<String>of()
                : Stream.of("tokens.issuers[1].audiences", audience))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static List<String> warnings(String... namesAndValues) {
    List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("dev.holdfast");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      assembly(namesAndValues).close();
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  static Stream<String> everyNumber() {
    return PropertyNames.rows().stream().filter(row -> row.numbers() != null).map(Row::name);
  }

  @ParameterizedTest
  @MethodSource("everyNumber")
  void everyNumberHasBounds_C17(String shape) {
    String name = withIndexes(shape);
    Ranges.Numbers bounds = PropertyNames.row(shape).orElseThrow().numbers();
    List<String> outside =
        List.of(
            "4294967298",
            "-1",
            "9223372036854775808",
            "-9223372036854775809",
            "99999999999999999999999999",
            String.valueOf(bounds.least() - 1),
            String.valueOf(bounds.most() + 1));
    for (String number : outside) {
      assertUnreadable(name, number, "Write " + bounds.expected());
    }
    for (String word : List.of("1.5", "1e3", "0x10", "many", "1_000", "٣")) {
      assertUnreadable(name, word, "\"" + word + "\" cannot be read");
    }
    assertThatCode(() -> SettingsReader.requireReadable(name, "" + bounds.least()))
        .doesNotThrowAnyException();
    assertThatCode(() -> SettingsReader.requireReadable(name, "" + bounds.most()))
        .doesNotThrowAnyException();
    assertThat(bounds.hold(BigInteger.valueOf(bounds.least()))).isTrue();
  }

  static Stream<String> everyDuration() {
    return PropertyNames.rows().stream().filter(row -> row.times() != null).map(Row::name);
  }

  @ParameterizedTest
  @MethodSource("everyDuration")
  void everyDurationHasBounds_C17(String shape) {
    String name = withIndexes(shape);
    Ranges.Times bounds = PropertyNames.row(shape).orElseThrow().times();
    for (String text : List.of("-1s", "PT-1S", "400d", "PT9000000H", "999999999999999999d")) {
      assertUnreadable(name, text, "Write " + bounds.expected());
    }
    for (String word : List.of("5 s", "five", "1e3s", "5s5s")) {
      assertUnreadable(name, word, "\"" + word + "\" cannot be read");
    }
    assertUnreadable(name, Durations.text(bounds.most().plus(Duration.ofSeconds(1))), "Write ");
    assertThatCode(() -> SettingsReader.requireReadable(name, Durations.text(bounds.least())))
        .doesNotThrowAnyException();
    assertThatCode(() -> SettingsReader.requireReadable(name, Durations.text(bounds.most())))
        .doesNotThrowAnyException();
  }

  private static void assertUnreadable(String name, String value, String text) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .as("%s=%s", name, value)
        .isThrownBy(() -> SettingsReader.requireReadable(name, value))
        .withMessageStartingWith("holdfast." + name + ": \"" + value + "\"")
        .withMessageContaining(text);
    assertThatExceptionOfType(InvalidSettingException.class)
        .as("%s=%s", name, value)
        .isThrownBy(() -> readWithNeighbours(name, value))
        .withMessageStartingWith("holdfast." + name + ": \"" + value + "\"");
  }

  private static HoldfastSettings readWithNeighbours(String name, String value) {
    Map<String, String> all = new HashMap<>();
    all.put("certificate.header.format", "envoy");
    all.put("tokens.issuers[0].introspection.uri", "https://issuer.example/introspect");
    all.put("tokens.issuers[0].introspection.client-id", "api");
    all.put("tokens.issuers[0].introspection.client-secret", "s3cret");
    all.put(name, value);
    return SettingsReader.readInitParameters(all);
  }

  @Test
  void hopsAreNotCutToWhatFits_C17() {
    assertRefused(
        "holdfast.certificate.header.hops: \"4294967298\" is out of range. Write a whole number",
        "certificate.source",
        "header",
        "certificate.header.format",
        "envoy",
        "proxies.trusted",
        "10.0.0.1",
        "certificate.header.hops",
        "4294967298");
  }

  @Test
  void settingsMadeInCodeHaveTheSameBounds_C17() {
    HoldfastSettings good = GivenSettings.settings();
    TokenSettings tokens =
        new TokenSettings(good.tokens().issuers(), good.tokens().cache(), Duration.ofDays(9));
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                Assembly.of(
                    new HoldfastSettings(
                        good.policy(),
                        good.methods(),
                        good.rules(),
                        tokens,
                        good.certificate(),
                        good.tokenBinding(),
                        good.dpop(),
                        good.proxies(),
                        good.redis()),
                    Clock.systemUTC()))
        .withMessageContaining("holdfast.tokens.clock-skew: 9d is out of range");
  }

  @Test
  void aDurationWithoutAUnitSaysWhatWasRead_C49() {
    assertRefused(
        "holdfast.dpop.proof-lifetime: \"60\" has no unit, so that it was read as 60 milliseconds,"
            + " which is out of range. Write a duration of whole seconds from 1s to 1h, such as 60s",
        "dpop.proof-lifetime",
        "60");
  }

  @Test
  void aFailureTextNamesWhatIsNearest_C49() {
    assertRefused(
        "holdfast.tokens.issuers[0].isuer: there is no such setting. The nearest is"
            + " holdfast.tokens.issuers[].issuer",
        "tokens.issuers[0].isuer",
        "https://issuer.example");
  }

  @Test
  void aFileThatIsMissingOrNoFileIsSaidToBe_C49(@TempDir Path folder) {
    String setting = "tokens.issuers[0].trusted-certificates";
    String missing = folder.resolve("missing.pem").toString();
    assertRefused("\"" + missing + "\": there is no file " + missing, setting, missing);
    assertRefused("it is a directory", setting, folder.toString());
    assertRefused("\"classpath:ca.pem\": there is no file", setting, "classpath:ca.pem");
    assertRefused("classpath: can be written in Spring Boot only", setting, "classpath:ca.pem");
    assertRefused("there is no file /no/such.pem", setting, "file:///no/such.pem");
  }

  @Test
  void theTextSaysWhoseSettingACookiesIs_C74() {
    assertRefused(
        "holdfast.cookies.names: it is a setting of the filter that binds cookies",
        "cookies.names",
        "JSESSIONID");
    assertRefused("BoundCookieFilter", "cookies.secrets[0]", "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy",
        "methods[0]",
        "rules[0].paths",
        "tokens.issuers[0].issuer",
        "holdfast.dpop.enabled",
        "redis.uri",
        "cors.allowed-origins",
        "roles-from",
        "metadata.enabled"
      })
  void theTextSaysWhoseSettingATokensIs_C74(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> CookieSettingsReader.others(Map.of(name, "x", "cookies.names", "y")))
        .withMessageContaining("it is a setting of the filter that checks access tokens")
        .withMessageContaining("dev.holdfast.servlet.HoldfastFilter");
  }

  @Test
  void bothFiltersKnowWhereEvidenceComesFrom_C74() {
    Map<String, String> shared = Map.of("certificate.source", "tls", "proxies.trusted", "::1");
    assertThat(CookieSettingsReader.others(shared)).isEqualTo(shared);
  }
}
