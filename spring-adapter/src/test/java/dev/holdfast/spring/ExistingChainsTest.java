package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Chains that an application has already: enforced, and otherwise as they were. */
@Tag("verify")
class ExistingChainsTest extends ChainsFixture {
  // ---- Boot's properties, one dependency, no line of code

  @Test
  void bootsOwnJwtPropertiesAreEnoughForADefaultChain() {
    ConfigurableApplicationContext app = app("boot-jwt", bootJwt());
    assertEnforced(app, bound(), "JwtAuthenticationToken");
    assertRefused(call(app, RIGHTFUL, "/me", unbound()));
    assertThat(call(app, RIGHTFUL, "/me", null).statusCode()).isEqualTo(401);
  }

  @Test
  void bootsOwnIntrospectionPropertiesAreEnoughForADefaultChain() {
    ConfigurableApplicationContext app = app("boot-opaque", bootOpaque());
    String token = issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
    assertEnforced(app, token, "BearerTokenAuthentication");
    assertRefused(call(app, null, "/me", token)); // Spring alone lets it pass
  }

  @Test
  void theTokenThatTheVictimBroughtIntoTheCacheIsNoUseToAThief_T90() {
    ConfigurableApplicationContext app = app("boot-jwt", bootJwt());
    String token = bound();
    assertThat(call(app, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
    assertRefused(call(app, THIEF, "/me", token));
  }

  // ---- chains of the application's own

  @Test
  void aJwtChainIsEnforcedWithoutALineOfCode() {
    assertEnforced(
        app("jwt", bootJwt(), ExistingChains.JwtChain.class), bound(), "JwtAuthenticationToken");
  }

  @Test
  void anOpaqueChainIsEnforcedWithoutALineOfCode() {
    ConfigurableApplicationContext app =
        app("opaque", bootOpaque(), ExistingChains.OpaqueChain.class);
    assertEnforced(
        app, issuer.opaque(issuer.claims(RIGHTFUL.thumbprint())), "BearerTokenAuthentication");
  }

  @Test
  void aDecoderInTheDslNeedsNoIssuerOfOurs() {
    ConfigurableApplicationContext app =
        app("dsl", Map.of("test.jwks", issuer.jwkSetUri()), ExistingChains.DecoderInDsl.class);
    assertEnforced(app, bound(), "JwtAuthenticationToken");
    assertRefused(call(app, RIGHTFUL, "/me", unbound()));
  }

  @Test
  void aConverterThatHidesTheTokenKeepsItsPrincipalAndIsEnforced() {
    ConfigurableApplicationContext app =
        app(
            "hiding",
            Map.of("test.jwks", issuer.jwkSetUri()),
            ExistingChains.HidingConverter.class);
    assertEnforced(app, bound(), "UsernamePasswordAuthenticationToken");
    assertThat(call(app, RIGHTFUL, "/me", bound()).body()).contains("user:alice [ROLE_CUSTOM]");
  }

  @Test
  void anAuthenticationManagerResolverIsEnforced() {
    ConfigurableApplicationContext app =
        app("resolver", Map.of("test.jwks", issuer.jwkSetUri()), ExistingChains.Resolver.class);
    assertEnforced(app, bound(), "JwtAuthenticationToken");
  }

  @Test
  void ofTwoChainsTheOneWithAResourceServerIsEnforced() {
    ConfigurableApplicationContext app = app("two", bootJwt(), ExistingChains.TwoChains.class);
    assertThat(call(app, null, "/open", null).statusCode()).isEqualTo(200);
    assertEnforced(app, bound(), "JwtAuthenticationToken");
  }

  @Test
  void aTokenFromElsewhereIsNoWayRoundTheBinding() {
    ConfigurableApplicationContext app =
        app(
            "header",
            Map.of("test.jwks", issuer.jwkSetUri()),
            ExistingChains.TokenFromAHeader.class);
    assertThat(send(app, THIEF, "/me", "X-Token", bound()).statusCode()).isEqualTo(401);
    // the thief's own token in the field that is compared, the victim's in the one that is read
    HttpResponse<String> response =
        send(
            app,
            THIEF,
            "/me",
            "X-Token",
            bound(),
            "Authorization",
            "Bearer " + issuer.jwt(issuer.claims(THIEF.thumbprint())));
    assertRefused(response);
    assertThat(SEEN).isEmpty();
  }

  // ---- modes

  @ParameterizedTest
  @ValueSource(strings = {"rightful", "thief", "none"})
  void whereThePolicyIsOffTheAnswerIsSpringsOwn(String who) {
    Identity caller = who.equals("rightful") ? RIGHTFUL : who.equals("thief") ? THIEF : null;
    Map<String, String> off = new HashMap<>(bootJwt());
    off.put("holdfast.policy", "off");
    Map<String, String> plain = new HashMap<>(bootJwt());
    plain.put(
        "spring.autoconfigure.exclude",
        "dev.holdfast.spring.boot.HoldfastAutoConfiguration,"
            + "dev.holdfast.spring.boot.HoldfastWebSecurityAutoConfiguration");
    for (String token : new String[] {jwt(RIGHTFUL.thumbprint()), jwt(null), null}) {
      HttpResponse<String> ours =
          call(app("off", off, ExistingChains.JwtChain.class), caller, "/me", token);
      HttpResponse<String> springs =
          call(app("plain", plain, ExistingChains.JwtChain.class), caller, "/me", token);
      assertThat(ours.statusCode()).isEqualTo(springs.statusCode());
      assertThat(ours.body()).isEqualTo(springs.body());
    }
  }

  @Test
  void springsOwnThumbprintCheckDoesNotContradictReportOnly() {
    Map<String, String> reportOnly = new HashMap<>(bootJwt());
    reportOnly.put("holdfast.policy", "report-only");
    ConfigurableApplicationContext app = app("report", reportOnly, ExistingChains.JwtChain.class);
    assertThat(call(app, THIEF, "/me", bound()).statusCode()).isEqualTo(200);
    assertRefused(call(app, THIEF, "/me", bound() + "x"));
  }

  @Test
  void aDpopBoundTokenAsBearerIsRefused_T105() {
    ConfigurableApplicationContext app = app("jwt", bootJwt(), ExistingChains.JwtChain.class);
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", RIGHTFUL.thumbprint()));
    assertRefused(call(app, RIGHTFUL, "/me", issuer.jwt(claims)));
  }

  @Test
  void anErrorPageAndAnAsyncDispatchKeepTheCaller_T92_T93() {
    ConfigurableApplicationContext app = app("jwt", bootJwt(), ExistingChains.JwtChain.class);
    assertThat(call(app, RIGHTFUL, "/async", bound()).body()).startsWith("JwtAuthenticationToken");
    assertRefused(call(app, THIEF, "/async", bound()));
    assertThat(SEEN).doesNotContain("thief");
  }

  // ---- the harness

  private static String bound() {
    return issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
  }

  private static String unbound() {
    return issuer.jwt(issuer.claims(null));
  }

  /** Of the type that Spring's own decoder takes. */
  private static String jwt(String thumbprint) {
    return issuer.sign(
        com.nimbusds.jose.JWSAlgorithm.RS256,
        issuer.claims(thumbprint),
        header -> header.type(com.nimbusds.jose.JOSEObjectType.JWT));
  }

  private static void assertEnforced(
      ConfigurableApplicationContext app, String token, String authentication) {
    SEEN.clear();
    assertRefused(call(app, THIEF, "/me", token));
    assertRefused(call(app, null, "/me", token));
    assertThat(SEEN).as("what saw an unconfirmed token").isEmpty();
    HttpResponse<String> response = call(app, RIGHTFUL, "/me", token);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith(authentication + " ");
  }

  private static void assertRefused(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "Bearer error=\"invalid_token\","
                + " error_description=\"the access token is not valid for this request\"",
            DpopChainsTest.OFFER);
    assertThat(response.body()).isEmpty();
  }
}
