package dev.holdfast.configuration.assembly;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Requirement.Mode;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.internal.jose.SigningAlgorithm;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblyTest {
  @Test
  void theDefaultsRequireACertificateOrAProof() {
    Assembly assembly = assembly();
    assertThat(assembly.hasIssuers()).isTrue();
    assertThat(assembly.mechanisms())
        .extracting(mechanism -> mechanism.method())
        .containsExactly(ConfirmationMethod.CERTIFICATE, ConfirmationMethod.DPOP);
    assertThat(assembly.policy().requirements())
        .singleElement()
        .satisfies(
            requirement -> {
              assertThat(requirement.mode()).isEqualTo(Mode.REQUIRED);
              assertThat(requirement.methods())
                  .containsExactlyInAnyOrder(
                      ConfirmationMethod.CERTIFICATE, ConfirmationMethod.DPOP);
            });
    assertThat(assembly.tokens()).isSameAs(assembly.tokens());
  }

  @Test
  void withoutAnIssuerThereIsNoEnforcer_T101() {
    Assembly assembly = Assembly.of(HoldfastSettings.defaults(), Clock.systemUTC());
    assertThat(assembly.hasIssuers()).isFalse();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> assembly.enforcer(EnforcementListener.silent()))
        .withMessageContaining("Set holdfast.tokens.issuers[0].issuer");
  }

  @ParameterizedTest
  @CsvSource({
    "tokens.issuers[0].issuer,http://issuer.example,holdfast.tokens.issuers[0].issuer: it must begin with",
    "tokens.issuers[0].issuer,issuer,needs a host",
    "tokens.issuers[0].jwk-set-uri,http://issuer.example/keys,must begin with https://",
    "tokens.issuers[1].issuer,https://other.example,issuers[1].audiences: it is missing",
    "tokens.issuers[1].audiences,x,issuer: it is missing",
    "tokens.issuers[0].algorithms,HS256,could also sign",
    "tokens.issuers[0].algorithms,none,could also sign",
    "tokens.issuers[0].algorithms,ES257,is unknown",
    "tokens.clock-skew,PT-1S,from 0s to 1d",
    "tokens.cache.ttl,PT-1S,from 0s to 1d",
    "tokens.cache.ttl,2d,from 0s to 1d",
    "tokens.cache.negative-ttl,PT-1S,from 0s to 1d",
    "tokens.cache.max-entries,0,from 1 to",
    "tokens.cache.negative-max-entries,-1,from 1 to",
    "methods,token-binding,holdfast.token-binding.source is none",
    "rules[0].methods,'certificate,token-binding',holdfast.rules[0].methods",
    "rules[0].http-methods,get,case-sensitive",
    "rules[0].issuers,https://isuer.example,would never match"
  })
  void aSettingThatCannotBeSafeStopsTheStart_T101(String name, String value, String text) {
    assertRefused(text, name, value);
  }

  @ParameterizedTest
  @CsvSource({
    "tokens.issuers[0].issuer,http://127.0.0.1:9000",
    "tokens.issuers[0].audiences,*",
    "tokens.issuers[0].algorithms,ES512",
    "tokens.clock-skew,0s",
    "tokens.cache.ttl,0s",
    "tokens.cache.max-entries,1",
    "methods,certificate",
    "rules[0].http-methods,GET",
    "rules[0].issuers,https://issuer.example"
  })
  void itsSafeNeighbourDoesNot(String name, String value) {
    assertThatCode(() -> assembly(name, value)).doesNotThrowAnyException();
  }

  @Test
  void anIssuerIsConfiguredOnce() {
    assertThatCode(
            () ->
                assembly(
                    "tokens.issuers[1].issuer", "https://other.example",
                    "tokens.issuers[1].audiences", "https://api.example"))
        .doesNotThrowAnyException();
    assertRefused(
        "configured twice",
        "tokens.issuers[1].issuer",
        "https://issuer.example",
        "tokens.issuers[1].audiences",
        "https://api.example");
  }

  @Test
  void aMethodWithoutItsSourceIsRefused_T101() {
    assertRefused(
        "certificate is named, but holdfast.certificate.source is none",
        "methods",
        "certificate",
        "certificate.source",
        "none");
    assertRefused(
        "holdfast.rules[0].policy",
        "policy",
        "off",
        "certificate.source",
        "none",
        "dpop.enabled",
        "false",
        "rules[0].policy",
        "when-bound");
    assertRefused("no method has a source", "certificate.source", "none", "dpop.enabled", "false");
    assertThatCode(
            () -> assembly("policy", "off", "certificate.source", "none", "dpop.enabled", "false"))
        .doesNotThrowAnyException();
  }

  @Test
  void everyAlgorithmKnownHereMayBeSet_C31() {
    for (String name : SigningAlgorithm.NAMES) {
      assertThatCode(
              () ->
                  assembly(
                      "tokens.issuers[0].issuer", "https://issuer.example",
                      "tokens.issuers[0].algorithms", name,
                      "dpop.algorithms", name))
          .as(name)
          .doesNotThrowAnyException();
    }
    assertRefused("Ed25519", "tokens.issuers[0].algorithms", "Ed448");
    assertRefused("Ed25519", "tokens.issuers[0].algorithms", "ES256K");
  }

  @ParameterizedTest
  @CsvSource({
    "introspection.uri,http://issuer.example/introspect,must begin with https://",
    "jwk-set-uri,https://issuer.example/keys,no effect beside introspection",
    "algorithms,ES256,no effect beside introspection",
    "types,JWT,no effect beside introspection",
    "introspection.timeout,0s,from 1ms to 1m",
    "introspection.timeout,2m,from 1ms to 1m"
  })
  void introspectionThatCannotBeSafeStopsTheStart_T101(String name, String value, String text) {
    Map<String, String> properties = new HashMap<>();
    String issuer = "tokens.issuers[0].";
    properties.put(issuer + "introspection.uri", "https://issuer.example/introspect");
    properties.put(issuer + "introspection.client-id", "api");
    properties.put(issuer + "introspection.client-secret", "s3cret");
    properties.put(issuer + "audiences", "https://api.example");
    assertThatCode(
            () -> Assembly.of(SettingsReader.readInitParameters(properties), Clock.systemUTC()))
        .doesNotThrowAnyException();
    properties.put(issuer + name, value);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () -> Assembly.of(SettingsReader.readInitParameters(properties), Clock.systemUTC()))
        .withMessageContaining(text)
        .withMessageNotContaining("s3cret");
  }
}
