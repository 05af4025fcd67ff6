package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static dev.holdfast.configuration.GivenSettings.map;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that was never filled in is one that everybody knows. */
class SecretSettingsTest {
  private static final String NONCE_SECRET = "dpop.nonce-secret";
  private static final String INTROSPECTION = "tokens.issuers[0].introspection.";

  private static void nonceSecret(String secret) {
    GivenSettings.assembly("dpop.nonce", "always", NONCE_SECRET, secret).close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@holdfast.nonce.secret.of.this.service@",
        "$HOLDFAST_NONCE_SECRET_OF_THIS_SERVICE",
        "$(HOLDFAST_NONCE_SECRET_OF_THIS_SERVICE)",
        "%HOLDFAST_NONCE_SECRET_OF_THIS_SERVICE%",
        "{{ .Values.holdfast.nonce.secret.of.this }}",
        "#{holdfast.nonce.secret.of.this.service}"
      })
  void aSecretThatNobodyFilledInStopsTheStart(String secret) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> nonceSecret(secret))
        .withMessageContaining("holdfast.dpop.nonce-secret: it looks like a placeholder")
        .withMessageContaining("openssl rand")
        .withMessageNotContaining(secret);
  }

  @Test
  void soDoesASecretOfOneCharacter() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> nonceSecret("x".repeat(40)))
        .withMessageContaining("it repeats one character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy",
        "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p",
        "an@address@and.more.words.of.a.pass.phrase",
        "%41%42 is no variable of a shell at all",
        "q83v{EjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjR=}"
      })
  void aSecretWithSuchSignsInItIsTaken(String secret) {
    assertThatCode(() -> nonceSecret(secret)).doesNotThrowAnyException();
  }

  @Test
  void theProxysSecretIsLookedAtToo() {
    assertRefused(
        "secret-header.value: it looks like a placeholder",
        "proxies.trusted",
        "10.0.0.0/8",
        "proxies.secret-header.name",
        "X-Proxy-Secret",
        "proxies.secret-header.value",
        "$PROXY_SECRET_OF_MINE");
  }

  @Test
  void soIsTheSecretAtTheIssuer() {
    assertRefused(
        "issuers[0].introspection.client-secret: it looks like a placeholder",
        INTROSPECTION + "uri",
        "https://issuer.example/introspect",
        INTROSPECTION + "client-id",
        "api",
        INTROSPECTION + "client-secret",
        "%CLIENT_SECRET%");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@cookie.secret.of.this.service.here@", "ssssssssssssssssssssssssssssssss"})
  void soIsTheSecretOfCookies(String secret) {
    Assembly assembly =
        Assembly.of(
            SettingsReader.readInitParameters(map("certificate.source", "tls")), Clock.systemUTC());
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                BoundCookieFilter.builder()
                    .settings(
                        CookieSettingsReader.read(
                            map("cookies.names", "APP", "cookies.secrets", secret)),
                        assembly)
                    .build())
        .withMessageContaining("holdfast.cookies.secrets: it ")
        .withMessageContaining("openssl rand");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {NONCE_SECRET, INTROSPECTION + "client-secret", "rules[0].paths", "policy"})
  void aPlaceholderIsReplacedByNobodyHere(String setting) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.readInitParameters(map(setting, "/a${SOME_VARIABLE}")))
        .withMessageContaining("holdfast." + setting + ": it has a placeholder")
        .withMessageContaining("this reader replaces no placeholders");
  }

  @Test
  void neitherIsOneForCookies() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> CookieSettingsReader.read(map("cookies.secrets", "${COOKIE_SECRET}")))
        .withMessageContaining("this reader replaces no placeholders");
  }
}
