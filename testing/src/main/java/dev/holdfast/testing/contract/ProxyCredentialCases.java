package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.Answers.json;
import static dev.holdfast.testing.contract.ProxyCases.ELSEWHERE;
import static dev.holdfast.testing.contract.ProxyCases.PROXY;
import static dev.holdfast.testing.contract.ProxyCases.clientCert;
import static dev.holdfast.testing.contract.ProxyCases.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.TokenBindingKey;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy's own credentials, and Token Bindings from a proxy: T01, T03, T18. */
public interface ProxyCredentialCases extends WithFixture {
  String SECRET = "correct-horse-battery";

  private String bound() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  private Api knowing(String... more) {
    Stream<String> all = Stream.concat(Stream.of(more), Stream.of("policy", "when-bound"));
    return fixture().api(settings(PROXY, all.toArray(String[]::new)));
  }

  @Test
  default void aSecretIsAskedForBesideTheAddress_T01() {
    Api api =
        knowing("proxies.secret-header.name", "X-Proxy", "proxies.secret-header.value", SECRET);
    String certificate = clientCert(fixture().rightful());
    assertBound(
        api.anonymous().get("/me", bound(), "Client-Cert", certificate, "X-Proxy", SECRET),
        fixture().rightful().thumbprint());
    for (String wrong :
        new String[] {"x", SECRET + "x", SECRET.toUpperCase(java.util.Locale.ROOT)}) {
      assertInvalidToken(
          api,
          () -> api.anonymous().get("/me", bound(), "Client-Cert", certificate, "X-Proxy", wrong));
    }
    assertInvalidToken(api, () -> api.anonymous().get("/me", bound(), "Client-Cert", certificate));
    assertInvalidToken(
        api,
        () ->
            api.anonymous()
                .get(
                    "/me",
                    bound(),
                    "Client-Cert",
                    certificate,
                    "X-Proxy",
                    SECRET,
                    "X-Proxy",
                    SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Proxy", "X_Proxy", "x-proxy"})
  default void noApplicationSeesTheSecret(String name) {
    Api api =
        knowing("proxies.secret-header.name", "X-Proxy", "proxies.secret-header.value", SECRET);
    String bearer = fixture().issuer().jwt(fixture().issuer().claims(null));
    assertThat(api.anonymous().get("/seen", bearer, name, SECRET).body())
        .contains("authorization: ")
        .doesNotContain(SECRET);
  }

  @Test
  default void theProxysOwnCertificateIsAskedForBesideTheAddress_T01_T18() {
    Api api = knowing("proxies.certificates", fixture().thief().thumbprint());
    String certificate = clientCert(fixture().rightful());
    assertBound(
        api.thief().get("/me", bound(), "Client-Cert", certificate),
        fixture().rightful().thumbprint());
    assertBound( // another dispatch, in which the container's attribute is gone
        api.thief().get("/async", bound(), "Client-Cert", certificate),
        fixture().rightful().thumbprint());
    for (Caller another : new Caller[] {api.anonymous(), api.rightful()}) {
      assertInvalidToken(api, () -> another.get("/me", bound(), "Client-Cert", certificate));
    }
  }

  @Test
  default void aTrustedProxyIsBelievedAboutTokenBindings() {
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    TokenBindingKey other = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    Api api = fixture().api("token-binding.source", "header", "proxies.trusted", PROXY);
    String token = tokenFor(key);
    Map<String, Object> body =
        json(
            api.anonymous()
                .get("/me", token, "Sec-Provided-Token-Binding-ID", key.encodedId())
                .body());
    assertThat(body)
        .containsEntry("binding", "token-binding")
        .containsEntry("thumbprint", key.tbh());
    assertInvalidToken(
        api,
        () ->
            api.anonymous().get("/me", token, "Sec-Provided-Token-Binding-ID", other.encodedId()));
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-Provided-Token-Binding-ID",
        "Sec_Provided_Token_Binding_ID",
        "sec-provided-token-binding-id"
      })
  default void aForgedTokenBindingFromAnybodyElseCountsForNothing_T01_T03(String name) {
    TokenBindingKey key = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
    Api api = fixture().rewriting("token-binding.source", "header", "proxies.trusted", ELSEWHERE);
    assertInvalidToken(
        api,
        () ->
            api.anonymous()
                .get("/me", tokenFor(key), name, key.encodedId(), "X-Forwarded-For", "10.0.0.1"));
  }

  private String tokenFor(TokenBindingKey key) {
    return fixture().issuer().jwt(fixture().claimsWithCnf(Map.of("tbh", key.tbh())));
  }
}
