package dev.holdfast.configuration.reading;

import static dev.holdfast.configuration.GivenSettings.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.issuers.CacheSettings;
import dev.holdfast.configuration.issuers.IntrospectionSettings;
import dev.holdfast.configuration.issuers.IssuerSettings;
import dev.holdfast.configuration.issuers.SharedCacheSettings;
import dev.holdfast.configuration.settings.EventSettings;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.configuration.settings.TransmitterSettings;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final String INTROSPECTION = "holdfast.tokens.issuers[0].introspection.";

  private static HoldfastSettings read(String... namesAndValues) {
    return SettingsReader.read(map(namesAndValues));
  }

  private static void assertRefused(String text, String... namesAndValues) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read(namesAndValues))
        .withMessageContaining(text);
  }

  @Test
  void nothingSetIsTheDefaults() {
    assertThat(read("java.version", "17", "holdfastly", "x"))
        .isEqualTo(HoldfastSettings.defaults());
  }

  @Test
  void everyNameOfThisVersionIsRead(@TempDir Path directory) {
    Path trust = directory.resolve("trust.pem");
    ThrowAwayPki.create().writeTrustedCertificates(trust);
    HoldfastSettings settings =
        read(
            "holdfast.policy", "when-bound",
            "holdfast.methods", "certificate",
            "holdfast.rules[0].paths", "/a, /b/**",
            "holdfast.rules[0].http-methods[0]", "GET",
            "holdfast.rules[0].http-methods[1]", "PUT",
            "holdfast.rules[0].policy", "off",
            "holdfast.rules[1].methods", "certificate",
            "holdfast.rules[1].issuers", "https://one.example",
            "holdfast.tokens.issuers[0].issuer", "https://one.example",
            "holdfast.tokens.issuers[0].jwk-set-uri", "https://one.example/keys",
            "holdfast.tokens.issuers[0].audiences", "https://api.example,urn:api",
            "holdfast.tokens.issuers[0].algorithms", "ES256",
            "holdfast.tokens.issuers[0].types", "at+jwt",
            "holdfast.tokens.issuers[0].trusted-certificates", trust.toString(),
            "holdfast.tokens.issuers[1].introspection.uri", "https://two.example/introspect",
            "holdfast.tokens.issuers[1].introspection.client-id", "api",
            "holdfast.tokens.issuers[1].introspection.client-secret", "s3cret",
            "holdfast.tokens.issuers[1].introspection.client-authentication", "post",
            "holdfast.tokens.issuers[1].introspection.timeout", "750ms",
            "holdfast.tokens.issuers[1].introspection.response", "json",
            "holdfast.tokens.cache.ttl", "30s",
            "holdfast.tokens.cache.max-entries", "7",
            "holdfast.tokens.cache.negative-ttl", "0",
            "holdfast.tokens.cache.negative-max-entries", "8",
            "holdfast.tokens.cache.shared", "redis",
            "holdfast.tokens.cache.redis-uri", "redis://cache.internal",
            "holdfast.tokens.cache.shared-max-bytes", "2000000",
            "holdfast.tokens.cache.encryption-key", "k3y",
            "holdfast.tokens.clock-skew", "PT2S",
            "holdfast.certificate.source", "tls",
            "holdfast.events.path", "/events",
            "holdfast.events.transmitters[0].issuer", "https://one.example",
            "holdfast.events.transmitters[0].audiences", "https://api.example,client",
            "holdfast.events.transmitters[0].jwk-set-uri", "https://one.example/set-keys",
            "holdfast.events.store", "local",
            "holdfast.events.transmitters[0].push-authorization", "Bearer s3cret",
            "holdfast.events.transmitters[0].poll-uri", "https://one.example/poll",
            "holdfast.events.transmitters[0].poll-authorization", "Bearer p0ll");
    assertThat(settings.events())
        .isEqualTo(
            EventSettings.of(
                    "/events",
                    new TransmitterSettings(
                        "https://one.example",
                        Set.of("https://api.example", "client"),
                        "https://one.example/set-keys",
                        "Bearer s3cret",
                        "https://one.example/poll",
                        "Bearer p0ll"))
                .with(EventSettings.Store.LOCAL));
    assertThat(settings.policy()).isEqualTo(Mode.WHEN_BOUND);
    assertThat(settings.methods()).containsExactly(ConfirmationMethod.CERTIFICATE);
    RuleSettings rule = settings.rules().get(0);
    assertThat(rule.paths()).extracting(Object::toString).containsExactly("/a", "/b/**");
    assertThat(rule.httpMethods()).containsExactlyInAnyOrder("GET", "PUT");
    assertThat(rule.policy()).isEqualTo(Mode.OFF);
    assertThat(settings.rules().get(1).policy()).isNull();
    assertThat(settings.rules().get(1).issuers()).containsExactly("https://one.example");
    IssuerSettings jwt = settings.tokens().issuers().get(0);
    assertThat(jwt.issuer()).isEqualTo("https://one.example");
    assertThat(jwt.jwkSetUri()).isEqualTo("https://one.example/keys");
    assertThat(jwt.audiences()).containsExactlyInAnyOrder("https://api.example", "urn:api");
    assertThat(jwt.algorithms()).containsExactly("ES256");
    assertThat(jwt.types()).containsExactly("at+jwt");
    assertThat(jwt.trust()).isNotNull();
    assertThat(jwt.introspection()).isNull();
    assertThat(settings.tokens().issuers().get(1).introspection())
        .isEqualTo(
            new IntrospectionSettings(
                "https://two.example/introspect",
                "api",
                "s3cret",
                ClientAuthentication.POST,
                Duration.ofMillis(750)));
    assertThat(settings.tokens().cache())
        .isEqualTo(
            new CacheSettings(
                Duration.ofSeconds(30),
                7,
                Duration.ZERO,
                8,
                new SharedCacheSettings(
                    SharedCacheSettings.Store.REDIS, "redis://cache.internal", 2_000_000, "k3y")));
    assertThat(settings.tokens().clockSkew()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"5s,5000", "1m,60000", "500ms,500", "PT5S,5000", "2h,7200000", "250,250", "0s,0"})
  void aDurationIsReadInEverySpelling(String text, long millis) {
    assertThat(read("holdfast.tokens.clock-skew", text).tokens().clockSkew())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5 s", "five", "5sec", "", "1e3", "5s5s"})
  void anUnreadableDurationIsRefused(String text) {
    assertRefused("holdfast.tokens.clock-skew", "holdfast.tokens.clock-skew", text);
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.polcy,holdfast.policy",
    "holdfast.rules[0].path,holdfast.rules[].paths",
    "holdfast.tokens.issuer[0].issuer,holdfast.tokens.issuers[].issuer",
    "holdfast.tokens.issuers[00].issuer,holdfast.tokens.issuers[].issuer",
    "holdfast.tokens.cache.tll,holdfast.tokens.cache.ttl",
    "holdfast.Policy,holdfast.policy",
    "holdfast.tokens.issuers[0].jwks-uri,holdfast.tokens.issuers[].jwk-set-uri",
    "holdfast.cretificate.soruce,holdfast.certificate.source"
  })
  void anUnknownNameIsRefusedAndTheNearestNamed_T101(String name, String nearest) {
    assertRefused("there is no such setting. The nearest is " + nearest, name, "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"holdfast.foo", "holdfast.tokens.cache.size", "holdfast.dpop.required"})
  void aNameThatIsNearToNoneIsNotGivenOne(String name) {
    assertRefused(
        name
            + ": there is no such setting. Remove it, or write one of the settings that README.md"
            + " lists",
        name,
        "x");
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.dpop.enabled,true",
    "holdfast.dpop.nonce,never",
    "holdfast.token-binding.source,none",
    "holdfast.certificate.accept-self-signed,false",
    "holdfast.proxies.forwarding,none",
    "holdfast.tokens.cache.shared,none"
  })
  void aSettingOfALaterVersionMaySayThatItIsNotUsed(String name, String value) {
    assertThat(read(name, value)).isEqualTo(HoldfastSettings.defaults());
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.policy,none,'one of off, report-only, when-bound, required'",
    "holdfast.methods,cert,'one of token-binding, certificate, dpop'",
    "holdfast.rules[0].paths,payments,begins with",
    "holdfast.rules[0].paths,/a/**/b,is not a path",
    "holdfast.rules[0].paths,'',it is empty",
    "holdfast.rules[0].paths,'/a,,/b',an element is empty",
    "holdfast.rules[1].policy,off,without a gap",
    "holdfast.tokens.issuers[0].ssl-bundle,x,trusted-certificates",
    "holdfast.tokens.chains-of-others[0],partners,Spring starter",
    "holdfast.tokens.attributes-without-cnf,unbound,Spring starter",
    "holdfast.tokens.issuers[0].trusted-certificates,/no/such/file,no certificate can be read",
    "holdfast.tokens.cache.max-entries,many,a whole number",
    "holdfast.certificate.source,tsl,'tls, header or none'"
  })
  void anUnreadableValueIsRefusedWithWhatToWrite_T101(String name, String value, String text) {
    assertRefused(text, name, value);
  }

  @Test
  void anIncompleteIntrospectionIsRefused_T101() {
    assertRefused(INTROSPECTION + "client-id: it is missing", INTROSPECTION + "uri", "https://a");
    assertRefused(
        "Set it, or remove all other settings under holdfast.tokens.issuers[0].introspection.",
        INTROSPECTION + "uri",
        "https://a");
  }

  @Test
  void aListInTwoSpellingsIsRefused() {
    assertRefused(
        "two ways", "holdfast.methods", "certificate", "holdfast.methods[0]", "certificate");
  }

  @Test
  void aFileWithoutACertificateIsRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("empty.pem"), "");
    assertRefused(
        "no certificate can be read",
        "holdfast.tokens.issuers[0].trusted-certificates",
        file.toString());
  }

  @Test
  void initParametersComeWithAndWithoutThePrefix() {
    HoldfastSettings settings =
        SettingsReader.readInitParameters(map("policy", "off", "holdfast.methods", "certificate"));
    assertThat(settings.policy()).isEqualTo(Mode.OFF);
    assertThat(settings.methods()).containsExactly(ConfirmationMethod.CERTIFICATE);
  }

  @Test
  void anInitParameterInBothSpellingsOrUnknownIsRefused() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                SettingsReader.readInitParameters(
                    map("policy", "off", "holdfast.policy", "required")))
        .withMessageContaining("with and without");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SettingsReader.readInitParameters(map("targetFilterLifecycle", "true")))
        .withMessageContaining("no such setting");
  }

  @Test
  void noTextOfAProblemShowsASecret_T102() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> read(INTROSPECTION + "client-secret", "s3cret"))
        .withMessageNotContaining("s3cret");
  }
}
