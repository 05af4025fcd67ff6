package dev.holdfast.configuration.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.configuration.FlatProperties;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.RecordReader;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.Setting;
import dev.holdfast.configuration.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An edge that binds settings itself has the plain filter's texts. */
class WordsTest {
  private static final String INTROSPECTION = "tokens.issuers[0].introspection.";

  static Stream<String> names() {
    return PropertyNames.rows().stream()
        .filter(row -> row.words() != null)
        .map(Row::name)
        .filter(name -> !PropertyNames.isOfSpring(name) || PropertyNames.isOfCookies(name))
        .map(name -> name.replace("[]", "[0]"));
  }

  private static InvalidSettingException refused(Runnable reading) {
    InvalidSettingException refused =
        catchThrowableOfType(InvalidSettingException.class, reading::run);
    assertThat(refused).isNotNull();
    return refused;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aWordThatIsNoneHasTheTextOfThePlainFilter(String name) {
    Map<String, String> settings = new HashMap<>();
    settings.put(INTROSPECTION + "uri", "https://issuer.example/introspect");
    settings.put(INTROSPECTION + "client-id", "api");
    settings.put(INTROSPECTION + "client-secret", "throw-away");
    settings.put(name, "nonsense");
    InvalidSettingException plain =
        refused(
            () -> {
              if (PropertyNames.isOfCookies(name)) {
                CookieSettingsReader.read(Map.of(name, "nonsense"));
              } else {
                SettingsReader.readInitParameters(settings);
              }
            });
    assertThat(plain).hasMessageStartingWith("holdfast." + name + ": \"nonsense\" cannot be read.");
    assertThat(refused(() -> SettingsReader.requireReadable("holdfast." + name, "nonsense")))
        .hasMessage(plain.getMessage());
  }

  /** As Spring Boot reads enums. */
  @Test
  void aConstantsOwnNamePasses() {
    List<Row> enumerated =
        PropertyNames.rows().stream().filter(row -> row.type().isEnum()).toList();
    assertThat(enumerated).hasSizeGreaterThan(12).allSatisfy(WordsTest::assertConstantsPass);
  }

  private static void assertConstantsPass(Row row) {
    for (Object constant : row.type().getEnumConstants()) {
      assertThat(row.read(row.name(), ((Enum<?>) constant).name(), Words.Spelling.RELAXED))
          .isEqualTo(constant);
    }
  }

  @Test
  void oneWordOfAListIsLookedAtInBothWaysToWriteIt() {
    for (String[] written :
        List.of(
            new String[] {"holdfast.methods", "dpop, nonsense"},
            new String[] {"holdfast.methods[1]", "nonsense"},
            new String[] {"holdfast.rules[0].methods[0]", "nonsense"})) {
      assertThat(refused(() -> SettingsReader.requireReadable(written[0], written[1])))
          .hasMessage(
              written[0]
                  + ": \"nonsense\" cannot be read. Write one of token-binding, certificate,"
                  + " dpop.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "policy,WHEN_BOUND",
    "policy,whenBound",
    "policy,when-bound",
    "policy,false",
    "rules[3].policy,off",
    "methods,'dpop,TokenBinding'",
    "token-binding.key-parameters,rsa2048_pkcs1.5",
    "token-binding.key-parameters[0],RSA2048_PKCS1_5",
    "dpop.enabled,on",
    "certificate.source,' tls '",
    "certificate.header.format,nonsense",
    "proxies.forwarding,xForwarded"
  })
  void whatSpringBootReadsPasses(String name, String value) {
    assertThatCode(() -> SettingsReader.requireReadable(name, value)).doesNotThrowAnyException();
  }

  enum Size {
    SMALL,
    MEDIUM
  }

  record Sized(@Setting(value = "small", later = "large") Size size) {}

  @Test
  void whatALaterVersionHasIsNamed() {
    RecordReader reader =
        new RecordReader(
            FlatProperties.ofText(Map.of("size", "large")),
            Words.Spelling.RELAXED,
            SettingsReader.PEM_FILE);
    assertThat(refused(() -> reader.read(Sized.class, "")))
        .hasMessageContaining("this version of Holdfast does not have it yet");
  }
}
