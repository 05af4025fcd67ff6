package dev.holdfast.configuration;

import static dev.holdfast.configuration.GivenSettings.assembly;
import static dev.holdfast.configuration.GivenSettings.assertRefused;
import static dev.holdfast.configuration.GivenSettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ProofVerifier;
import dev.holdfast.Sha256Digest;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.checks.ProxyChecks;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.http.ProxyTrust;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of evidence and trusted proxies: each refusal beside the setting that is taken. */
class SourceSettingsTest {
  private static final Sha256Digest DIGEST =
      Sha256Digest.of("certificate".getBytes(StandardCharsets.US_ASCII));

  /** A certificate in RFC 9440's header from 10.0.0.0/8, and what is to be changed in it. */
  private static String[] behindProxy(String... changed) {
    Map<String, String> all = new HashMap<>();
    all.put("certificate.source", "header");
    all.put("certificate.header.format", "rfc9440");
    all.put("proxies.trusted", "10.0.0.0/8");
    for (int i = 0; i < changed.length; i += 2) {
      if (changed[i + 1].isEmpty()) {
        all.remove(changed[i]);
      } else {
        all.put(changed[i], changed[i + 1]);
      }
    }
    return all.entrySet().stream()
        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
        .toArray(String[]::new);
  }

  @Test
  void aHeaderAndATrustedProxyAreASource() {
    Assembly assembly = assembly(behindProxy());
    assertThat(assembly.mechanisms())
        .extracting(ProofVerifier::method)
        .containsExactly(ConfirmationMethod.CERTIFICATE, ConfirmationMethod.DPOP);
    assertThat(assembly.certificateHeader()).isNotNull();
    assertThat(assembly.certificateHeader().headerNames()).contains("Client-Cert");
  }

  @ParameterizedTest
  @CsvSource({
    "proxies.trusted,'',certificate.source=header is set and no proxy is trusted",
    "certificate.header.format,'',holdfast.certificate.header.format",
    "certificate.header.format,ngnix,there is no format \"ngnix\"",
    "certificate.source,tls,holdfast.certificate.header.format: it has no effect",
    "proxies.trusted,0.0.0.0/0,leave nobody out",
    "proxies.trusted,::/0,leave nobody out",
    "proxies.trusted,'0.0.0.0/1,128.0.0.0/1',leave nobody out",
    "proxies.trusted,10.0.0.1/8,write 10.0.0.0/8",
    "proxies.trusted,10.0.0.0/33,from 0 to 32",
    "proxies.trusted,010.0.0.1,leading zero",
    "proxies.trusted,fe80::1%eth0,has a zone",
    "proxies.trusted,proxy.example,names are not looked up",
    "proxies.trust-everyone,yes,true or false",
    "proxies.certificates,abc,no SHA-256 thumbprint",
    "proxies.certificates,0123456789abcdef,no SHA-256 thumbprint",
    "proxies.secret-header.name,X-Proxy,secret-header.value: it is missing",
    "certificate.header.hops,3,format envoy only",
    "certificate.header.verify-value,OK,verify-name"
  })
  void trustThatCannotBeSafeStopsTheStart_T101(String name, String value, String text) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> assembly(behindProxy(name, value)))
        .satisfies(
            refused ->
                assertThat(refused.getMessage().replace(", ", " "))
                    .contains(text.replace(", ", " ")));
  }

  @ParameterizedTest
  @CsvSource({
    "proxies.trusted,'10.0.0.0/8,2001:db8::/32,192.0.2.7'",
    "proxies.trusted,0.0.0.0/1",
    "certificate.header.format,nginx",
    "certificate.header.name,X-Cert",
    "certificate.accept-self-signed,true",
    "proxies.trust-everyone,false"
  })
  void itsSafeNeighbourDoesNot(String name, String value) {
    assertThatCode(() -> assembly(behindProxy(name, value))).doesNotThrowAnyException();
  }

  @Test
  void everyoneIsTrustedOnlyWhenThatIsSaid_T101() {
    assertThatCode(
            () ->
                assembly(
                    behindProxy(
                        "proxies.trusted", "0.0.0.0/0,::/0", "proxies.trust-everyone", "true")))
        .doesNotThrowAnyException();
    assertRefused("no proxy is trusted", "proxies.trust-everyone", "true");
  }

  @Test
  void aProxysCredentialsWithoutAnAddressAreRefused_T101() {
    assertRefused("no proxy is trusted", "proxies.certificates", DIGEST.toBase64Url());
    assertRefused(
        "no proxy is trusted",
        "proxies.secret-header.name",
        "X-Proxy",
        "proxies.secret-header.value",
        "0123456789abcdef");
  }

  @Test
  void aThumbprintIsReadInTheSpellingsOfItsTools() {
    byte[] bytes = dev.holdfast.internal.Base64Url.decode(DIGEST.toBase64Url());
    assertThat(bytes).isNotNull();
    for (String text :
        new String[] {
          DIGEST.toBase64Url(),
          java.util.HexFormat.of().formatHex(bytes),
          java.util.HexFormat.of().withUpperCase().formatHex(bytes),
          java.util.HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes)
        }) {
      assertThat(
              ProxyChecks.check(settings(behindProxy("proxies.certificates", text))).certificates())
          .containsExactly(DIGEST);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcde", "0123456789 abcdef", "0123456789abcdéf"})
  void aWeakSecretIsRefusedAndNotShown_T101_T102(String secret) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                assembly(
                    behindProxy(
                        "proxies.secret-header.name",
                        "X-Proxy",
                        "proxies.secret-header.value",
                        secret)))
        .withMessageContaining("shorter than 16")
        .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(secret));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X Proxy", "X-Proxy:", "X-Pröxy", "X/Proxy"})
  void aSecretInNoHeaderIsRefused_T101(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                assembly(
                    behindProxy(
                        "proxies.secret-header.name",
                        name,
                        "proxies.secret-header.value",
                        "0123456789abcdef")))
        .withMessageContaining("no header's name");
  }

  @Test
  void theSecretIsNeverShown_T102() {
    HoldfastSettings settings =
        settings(
            behindProxy(
                "proxies.secret-header.name",
                "X-Proxy",
                "proxies.secret-header.value",
                "0123456789abcdef"));
    assertThat(settings.toString()).contains("X-Proxy").doesNotContain("0123456789abcdef");
    ProxyTrust trust = ProxyChecks.check(settings);
    assertThat(trust.toString()).doesNotContain("0123456789abcdef");
    assertThat(trust.secretHeader()).isEqualTo(settings.proxies().secretHeader()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "token-binding.source,header,no proxy is trusted",
    "token-binding.source,tsl,'none, tls or header'",
    "token-binding.key-parameters,ecdsap256,no effect without holdfast.token-binding.source=tls",
    "token-binding.unknown-types,verify,no effect without holdfast.token-binding.source=tls",
    "token-binding.negotiation,configured,no effect without holdfast.token-binding.source=tls",
    "token-binding.header.value,sha256,no effect without holdfast.token-binding.source=header",
    "certificate.accept-self-signed,true,no effect without holdfast.certificate.source=header"
  })
  void aSettingOfAnotherSourceStopsTheStart_T101(String name, String value, String text) {
    assertRefused(text, name, value);
  }

  @ParameterizedTest
  @CsvSource({
    "token-binding.key-parameters,'ecdsap256,rsa2048_pss'",
    "token-binding.key-parameters,rsa2048_pkcs1.5",
    "token-binding.unknown-types,verify"
  })
  void tokenBindingOverTlsTakesItsSettings(String name, String value) {
    assertThat(assembly("token-binding.source", "tls", name, value).mechanisms())
        .extracting(ProofVerifier::method)
        .containsExactlyInAnyOrder(
            ConfirmationMethod.TOKEN_BINDING,
            ConfirmationMethod.CERTIFICATE,
            ConfirmationMethod.DPOP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"ecdsap256;true", "ecdsap256,rsa2048_pss;false", ";false"})
  void aConfiguredNegotiationNeedsOneKindOfKey_T101(String keyParameters, boolean taken) {
    String[] negotiation = {
      "token-binding.source",
      "tls",
      "token-binding.negotiation",
      "configured",
      keyParameters == null ? "token-binding.source" : "token-binding.key-parameters",
      keyParameters == null ? "tls" : keyParameters
    };
    if (taken) {
      assertThatCode(() -> assembly(negotiation)).doesNotThrowAnyException();
    } else {
      assertRefused("not exactly one value", negotiation);
    }
  }
}
