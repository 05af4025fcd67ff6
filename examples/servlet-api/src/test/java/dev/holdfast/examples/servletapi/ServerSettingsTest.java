package dev.holdfast.examples.servletapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong setting stops the start with a text that names it (T101). */
class ServerSettingsTest {

  @TempDir Path directory;

  @Test
  void nothingSetIsPlainHttpOnPort8080() {
    assertThat(ServerSettings.read(Map.of("java.version", "17", "holdfast.policy", "off")))
        .isEqualTo(new ServerSettings(8080, null, null, 8 * 1024));
  }

  @Test
  void headersMayBeMadeLarger() {
    assertThat(ServerSettings.read(Map.of("server.max-http-request-header-size", "32KB")))
        .isEqualTo(new ServerSettings(8080, null, null, 32 * 1024));
  }

  @ParameterizedTest
  @CsvSource({
    "server.prot, 8443",
    "server.port, -1",
    "server.port, 65536",
    "server.port, http",
    "server.address, no-such-host.invalid",
    "server.max-http-request-header-size, 0KB",
    "server.max-http-request-header-size, 33",
    "server.ssl.ciphers, ALL",
    "server.ssl.certificate, /no/such/file",
    "server.ssl.key-store, /no/such/file",
  })
  void aWrongSettingIsNamed_T101(String name, String value) {
    assertThatThrownBy(() -> ServerSettings.read(Map.of(name, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(name)
        .message()
        .doesNotContain(value);
  }

  @ParameterizedTest
  @CsvSource({
    "server.ssl.client-auth, maybe",
    "server.ssl.enabled-protocols, SSLv3",
    "server.ssl.enabled-protocols, 'TLSv1.2,TLSv1.1'",
    "server.ssl.key-store, FILE",
  })
  void aWrongSettingBesideACertificateIsNamed_T101(String name, String value) throws IOException {
    String file = Files.createFile(directory.resolve("file")).toString();
    Map<String, String> settings =
        Map.of(
            "server.ssl.certificate",
            file,
            "server.ssl.certificate-private-key",
            file,
            name,
            value.replace("FILE", file));

    assertThatThrownBy(() -> ServerSettings.read(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void settingsOfTlsWithoutACertificateAreNotIgnored_T101() {
    assertThatThrownBy(() -> ServerSettings.read(Map.of("server.ssl.client-auth", "need")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("the server has no certificate");
  }

  @Test
  void aKeyThatIsNoneStopsTheStart_T101() throws IOException {
    String file = Files.writeString(directory.resolve("file"), "not a key").toString();
    Map<String, String> settings =
        Map.of(
            "server.port",
            "0",
            "server.ssl.certificate",
            file,
            "server.ssl.certificate-private-key",
            file,
            "holdfast.tokens.issuers[0].issuer",
            "https://login.example",
            "holdfast.tokens.issuers[0].audiences",
            "https://api.example");

    assertThatThrownBy(() -> ApiServer.start(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("server: cannot start");
  }

  @Test
  void anUnknownSettingOfTheFilterStopsTheStart_T101() {
    Map<String, String> settings =
        Map.of(
            "server.port", "0",
            "holdfast.tokens.issuers[0].issuer", "https://login.example",
            "holdfast.tokens.issuers[0].audiences", "https://api.example",
            "holdfast.polcy", "required");

    assertThatThrownBy(() -> ApiServer.start(settings))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("polcy");
  }

  @Test
  void aFilterWithoutAnIssuerStopsTheStart_T101() {
    assertThatThrownBy(() -> ApiServer.start(Map.of("server.port", "0")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("issuer");
  }
}
