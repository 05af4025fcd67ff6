package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** DPoP on chains that an application has already, by property alone. */
@Tag("verify")
class DpopChainsTest extends ChainsFixture {
  static final String OFFER = "DPoP algs=\"ES256 ES384 EdDSA Ed25519 PS256 RS256\"";

  private static ConfigurableApplicationContext chain(String name) {
    Map<String, String> jwks = Map.of("test.jwks", issuer.jwkSetUri());
    return switch (name) {
      case "default" -> app("default", bootJwt());
      case "jwt" -> app("jwt", bootJwt(), ExistingChains.JwtChain.class);
      case "opaque" -> app("opaque", bootOpaque(), ExistingChains.OpaqueChain.class);
      case "decoder" -> app("decoder", jwks, ExistingChains.DecoderInDsl.class);
      case "hiding" -> app("hiding", jwks, ExistingChains.HidingConverter.class);
      case "resolver" -> app("resolver", jwks, ExistingChains.Resolver.class);
      case "own-dpop" -> app("own-dpop", bootJwt(), ExistingChains.OwnDpop.class);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static String token(String chain, DpopKey key) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    return chain.equals("opaque")
        ? issuer.opaque(claims)
        : issuer.sign(
            com.nimbusds.jose.JWSAlgorithm.RS256,
            claims,
            header -> header.type(com.nimbusds.jose.JOSEObjectType.JWT));
  }

  private static String uri(ConfigurableApplicationContext app, String path) {
    return "https://127.0.0.1:" + Boot.port(app) + path;
  }

  private static HttpResponse<String> with(
      ConfigurableApplicationContext app, String token, String proof) {
    return send(app, null, "/me", "Authorization", "DPoP " + token, "DPoP", proof);
  }

  private static void assertRefused(HttpResponse<String> response, String error) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .anyMatch(challenge -> challenge.startsWith("DPoP error=\"" + error + '"'));
    assertThat(response.body()).isEmpty();
    assertThat(SEEN).as("what saw an unconfirmed token").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "jwt", "opaque", "decoder", "hiding", "resolver", "own-dpop"})
  void everyEnforcedChainTakesProofsByPropertyAlone(String name) {
    ConfigurableApplicationContext app = chain(name);
    DpopKey key = DpopKey.create();
    String token = token(name, key);
    String proof = key.proof("GET", uri(app, "/me"), token).sign();

    assertRefused(
        with(app, token, DpopKey.create().proof("GET", uri(app, "/me"), token).sign()),
        "invalid_token");
    assertRefused(
        with(app, token, key.proof("GET", uri(app, "/payments"), token).sign()),
        "invalid_dpop_proof");
    assertRefused(
        with(app, token + "x", key.proof("GET", uri(app, "/me"), token + "x").sign()),
        "invalid_token");
    HttpResponse<String> downgraded = call(app, null, "/me", token);
    assertThat(downgraded.statusCode()).isEqualTo(401);
    assertThat(downgraded.headers().allValues("WWW-Authenticate")).contains(OFFER);
    assertThat(SEEN).isEmpty();

    HttpResponse<String> response = with(app, token, proof);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("alice");
    SEEN.clear();
    assertRefused(with(app, token, proof), "invalid_dpop_proof");
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "jwt", "opaque", "own-dpop"})
  void whoeverHasNoTokenIsOfferedBothSchemes(String name) {
    HttpResponse<String> response = call(chain(name), null, "/me", null);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .contains(OFFER)
        .anyMatch(challenge -> challenge.startsWith("Bearer"));
  }

  /** Spring's own filter compares texts: it would refuse what Holdfast has confirmed. */
  @Test
  void springsOwnFilterIsNotAskedAgain() {
    ConfigurableApplicationContext app = chain("own-dpop");
    DpopKey key = DpopKey.create();
    String token = token("own-dpop", key);
    String unnormalised = uri(app, "/x/../me").replace("https", "HTTPS");
    assertThat(with(app, token, key.proof("GET", unnormalised, token).sign()).statusCode())
        .isEqualTo(200);
  }

  /** Spring's automatic filter of 7.0 is replaced, and no filter of the application's own. */
  @Test
  void anAuthenticationFilterOfTheApplicationsOwnStandsAsBefore_C12() {
    ConfigurableApplicationContext app = app("api-keys", bootJwt(), ExistingChains.ApiKeys.class);
    assertThat(send(app, null, "/me", "X-Api-Key", "partner").body()).contains("partner");
    SEEN.clear();
    DpopKey key = DpopKey.create();
    String token = token("api-keys", key);
    String stolen = DpopKey.create().proof("GET", uri(app, "/me"), token).sign();
    assertRefused(with(app, token, stolen), "invalid_token");
    String proof = key.proof("GET", uri(app, "/me"), token).sign();
    assertThat(
            send(
                    app,
                    null,
                    "/me",
                    "X-Api-Key",
                    "partner",
                    "Authorization",
                    "DPoP " + token,
                    "DPoP",
                    proof)
                .body())
        .contains("partner");
  }

  /** Its clients learn from Holdfast which algorithms are taken, and from nobody else. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "own-dpop"})
  void theSchemeAloneIsNoToken(String name) {
    HttpResponse<String> alone = send(chain(name), null, "/me", "Authorization", "DPoP");
    assertThat(alone.statusCode()).isEqualTo(401);
    assertThat(alone.headers().allValues("WWW-Authenticate"))
        .filteredOn(challenge -> challenge.startsWith("DPoP"))
        .containsExactly(OFFER);
  }

  /** Rolling Holdfast out takes nothing away of what the application enforced before. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "report-only"})
  void whereHoldfastConfirmsNothingSpringsOwnFilterDecides(String policy) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.put("holdfast.policy", policy);
    ConfigurableApplicationContext app =
        app("own-dpop-" + policy, properties, ExistingChains.OwnDpop.class);
    DpopKey key = DpopKey.create();
    String token = token("own-dpop", key);
    String proof = key.proof("GET", uri(app, "/me"), token).sign();
    String another = DpopKey.create().proof("GET", uri(app, "/me"), token).sign();
    assertThat(with(app, token, another).statusCode()).isEqualTo(401);
    assertThat(with(app, token, proof).statusCode()).isEqualTo(200);
    assertThat(with(app, token, proof).statusCode()).isEqualTo(401);
  }
}
