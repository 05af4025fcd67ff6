package dev.holdfast.configuration.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a file holds. */
class SecretFilesTest {
  private static final String SECRET = "tokens.issuers[0].introspection.client-secret";
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  private String file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private String exactly(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "secret", ""), content).toString();
  }

  private static Map<String, String> tokens(
      Map<String, String> parameters,
      Map<String, String> properties,
      Map<String, String> variables) {
    return SettingsSources.of(parameters, properties, variables).forTokens();
  }

  private static void assertStopped(String text, Map<String, String> parameters) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.readInitParameters(tokens(parameters, NONE, NONE)))
        .withMessageContaining(text);
  }

  @Test
  void aSecretMayStandInAFile_C69() throws IOException {
    String secret = file("secret", "correct horse battery staple");
    assertThat(tokens(Map.of(SECRET + "-file", secret), NONE, NONE))
        .isEqualTo(Map.of(SECRET, "correct horse battery staple"));
    assertThat(
            tokens(
                NONE,
                NONE,
                Map.of("HOLDFAST_TOKENS_ISSUERS_0_INTROSPECTION_CLIENTSECRETFILE", secret)))
        .isEqualTo(Map.of(SECRET, "correct horse battery staple"));
    assertThat(
            SettingsSources.of(
                    Map.of("cookies.secrets-file", secret + "," + file("next", "another")),
                    NONE,
                    NONE)
                .forCookies())
        .isEqualTo(
            Map.of(
                "cookies.secrets[0]", "correct horse battery staple",
                "cookies.secrets[1]", "another"));
  }

  /** The page names all of them. */
  @Test
  void theseSecretsMayStandInFiles_C69() {
    assertThat(SecretFiles.shapesWith("x"))
        .filteredOn(name -> name.endsWith("-file"))
        .containsExactlyInAnyOrder(
            "tokens.issuers[].introspection.client-secret-file",
            "tokens.cache.redis-uri-file",
            "tokens.cache.encryption-key-file",
            "dpop.nonce-secret-file",
            "proxies.secret-header.value-file",
            "redis.uri-file",
            "redis.sentinel-password-file",
            "cookies.secrets-file",
            "events.transmitters[].push-authorization-file",
            "events.transmitters[].poll-authorization-file");
  }

  @Test
  void whatIsWrongWithASecretsFileStopsTheStart_C69() throws IOException {
    String name = "dpop.nonce-secret-file";
    assertStopped("it cannot be read", Map.of(name, "/no/such"));
    assertStopped("it is empty", Map.of(name, file("empty", "", " ")));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertStopped("it is no text in UTF-8", Map.of(name, binary.toString()));
    Path large = Files.write(folder.resolve("large"), new byte[(64 << 10) + 1]);
    assertStopped("more than 64 KiB", Map.of(name, large.toString()));
    assertStopped(
        "it is written itself, and as the name of a file",
        Map.of(name, file("a", "b"), "dpop.nonce-secret", "c"));
    assertStopped("there is no such setting", Map.of("policy-of-file", file("p", "off")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse", "correct horse\n", "correct horse\r\n"})
  void oneLineBreakAtTheEndIsNoPartOfTheSecret(String content) throws IOException {
    assertThat(tokens(Map.of(SECRET + "-file", exactly(content)), NONE, NONE))
        .containsEntry(SECRET, "correct horse");
  }

  @ParameterizedTest
  @CsvSource({
    "'a\nb\n', several lines",
    "'a\n\n', several lines",
    "'a\r', several lines",
    "'\na', several lines",
    "'a\tb', control",
    "'a\u0000', control",
    "'\uFEFFa', control or invisible",
    "'a \n', begins or ends with a blank",
    "' a', begins or ends with a blank"
  })
  void aFileOfWhichThisWouldMakeAnotherSecretStopsTheStart(String content, String text)
      throws IOException {
    assertStopped(text, Map.of("dpop.nonce-secret-file", exactly(content)));
  }

  /** Written inline, the comma would separate two. */
  @ParameterizedTest
  @ValueSource(strings = {"cookies.secrets-file", "cookies.secrets-file[0]"})
  void aCommaInASecretOfAListStopsTheStart(String name) throws IOException {
    SettingsSources sources =
        SettingsSources.of(Map.of(name, exactly("correct,horse")), NONE, NONE);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(sources::forCookies)
        .withMessageContaining("holdfast." + name)
        .withMessageContaining("it has a comma");
    assertThat(tokens(Map.of("dpop.nonce-secret-file", exactly("correct,horse")), NONE, NONE))
        .containsEntry("dpop.nonce-secret", "correct,horse");
  }

  @Test
  void aRelativePathOrNoneStopsTheStart() {
    assertStopped(
        "holdfast.redis.uri-file: \"secret\" is a relative path",
        Map.of("redis.uri-file", "secret"));
    assertStopped(
        "holdfast.redis.uri-file: it is empty. Give it a value", Map.of("redis.uri-file", ""));
  }

  @Test
  void aFileThatDoesNotCountNeedNotExist() {
    assertThat(
            tokens(
                Map.of("redis.uri", "redis://a"),
                Map.of("holdfast.redis.uri-file", "/no/such"),
                Map.of("HOLDFAST_REDIS_URIFILE", "/none/either")))
        .isEqualTo(Map.of("redis.uri", "redis://a"));
    assertThat(
            SettingsSources.of(
                    Map.of("cookies.secrets", "a"),
                    Map.of("holdfast.cookies.secrets-file", "/no/such"),
                    NONE)
                .forCookies())
        .isEqualTo(Map.of("cookies.secrets", "a"));
  }
}
