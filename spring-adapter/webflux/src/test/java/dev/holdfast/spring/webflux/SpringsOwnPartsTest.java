package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertEnforced;
import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.contract.Api;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import reactor.core.publisher.Mono;

/** Chains whose tokens Spring Security verifies, by a decoder or by introspection. */
@Tag("verify")
class SpringsOwnPartsTest {
  private static final String JWT = "JwtAuthenticationToken alice";
  private static final String OPAQUE = "BearerTokenAuthentication alice";

  private static Fixture fixture;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(SpringsOwnChains.class);
    SpringsOwnChains.ISSUER.set(fixture.contract().issuer());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/jwt", "/supplied", "/by-issuer", "/in-turn", "/holdfast-jwt", "/own-manager"})
  void aBoundJwtPassesWithItsCertificateOnly(String path) {
    Api api = fixture.api();
    if (path.equals("/own-manager")) { // its decoder is nobody's business, and refuses all of them
      assertRefused(api.rightful().get(path, fixture.bound()));
      assertRefused(api.thief().get(path, fixture.bound()));
    } else {
      assertEnforced(api, path, fixture.bound(), JWT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/jwt", "/supplied", "/by-issuer", "/in-turn", "/holdfast-jwt", "/own-manager"})
  void anUnboundJwtPassesWhereThePolicyTakesIt(String path) {
    assertRefused(fixture.api().rightful().get(path, fixture.unbound()));
    HttpResponse<String> served =
        fixture.api("policy", "when-bound").anonymous().get(path, fixture.unbound());
    assertThat(served.body()).isEqualTo(JWT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwt", "/holdfast-jwt", "/own-manager"})
  void aDpopBoundJwtPassesWithItsProofOnly(String path) {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    assertThat(dpop(api, path, token, key).body()).isEqualTo(JWT);
    assertThat(dpop(api, path, token, DpopKey.create()).statusCode()).isEqualTo(401);
    assertThat(api.rightful().get(path, token).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> dpop(Api api, String path, String token, DpopKey key) {
    String proof = key.proof("GET", api.base() + path, token).sign();
    return api.anonymous().send("GET", path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  void aBoundOpaqueTokenPassesWithItsCertificateOnly() {
    assertEnforced(fixture.api(), "/opaque", fixture.boundOpaque(), OPAQUE);
  }

  @Test
  void holdfastsOwnVerifiersServeSpringsManagers() {
    Api api = fixture.api();
    assertEnforced(api, "/holdfast-opaque", fixture.boundOpaque(), OPAQUE);
    assertEnforced(api, "/holdfast-opaque", fixture.bound(), OPAQUE);
    assertRefused(api.rightful().get("/holdfast-opaque", fixture.unboundOpaque()));
    assertRefused(api.rightful().get("/holdfast-jwt", fixture.boundOpaque()));
    Map<String, Object> mallory = fixture.contract().boundClaims();
    mallory.put("sub", "mallory");
    assertRefused(api.rightful().get("/holdfast-jwt", fixture.contract().issuer().jwt(mallory)));
  }

  @Test
  void aManagerAroundHoldfastsDecoderIsConfirmedToo() {
    Api api = fixture.api();
    assertEnforced(api, "/holdfast-around", fixture.bound(), JWT);
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    assertThat(dpop(api, "/holdfast-around", token, key).body()).isEqualTo(JWT);
    assertThat(dpop(api, "/holdfast-around", token, DpopKey.create()).statusCode()).isEqualTo(401);
  }

  /** Holdfast has compared this token's key for the request, and no other's. */
  @Test
  void aHandlerMayAskForTheTokenOfItsOwnRequest() {
    Api api = fixture.api();
    String token = fixture.bound();
    assertThat(api.rightful().get("/again", token).body()).isEqualTo("alice");
    Map<String, Object> claims = fixture.contract().boundClaims();
    claims.put("jti", "of another token");
    String other = fixture.contract().issuer().jwt(claims);
    assertThat(
            api.rightful()
                .send("GET", "/again", "Authorization", "Bearer " + token, "Other", other)
                .body())
        .isEqualTo("refused");
  }

  /** Nobody would compare the key. */
  @Test
  void askedByAnybodyElseTheyRefuseABoundToken() {
    fixture.api();
    HoldfastIssuers issuers = fixture.bean(HoldfastIssuers.class);
    ReactiveJwtDecoder decoder = issuers.jwtDecoder(List.of());
    assertThat(decoder.decode(fixture.unbound()).block().getSubject()).isEqualTo("alice");
    assertFails(decoder.decode(fixture.bound()), BadJwtException.class);
    assertFails(decoder.decode(fixture.boundOpaque()), BadJwtException.class);
    ReactiveOpaqueTokenIntrospector introspector = issuers.introspector();
    assertThat(introspector.introspect(fixture.unboundOpaque()).block().getName())
        .isEqualTo("alice");
    assertFails(introspector.introspect(fixture.boundOpaque()), BadOpaqueTokenException.class);
  }

  @Test
  void anUnboundOpaqueTokenPassesWhereThePolicyTakesIt() {
    assertRefused(fixture.api().rightful().get("/opaque", fixture.unboundOpaque()));
    HttpResponse<String> served =
        fixture.api("policy", "when-bound").anonymous().get("/opaque", fixture.unboundOpaque());
    assertThat(served.body()).isEqualTo(OPAQUE);
  }

  @Test
  void oneManagerAfterTheOtherIsAsked() {
    assertEnforced(fixture.api(), "/in-turn", fixture.boundOpaque(), OPAQUE);
  }

  /** The converter of the chain sees the issuer's answer after Holdfast. */
  @Test
  void aConverterThatLeavesTheConfirmationOutHidesNothing() {
    Api api = fixture.api("policy", "when-bound");
    assertEnforced(api, "/converted", fixture.boundOpaque(), OPAQUE);
    assertThat(api.anonymous().get("/converted", fixture.unboundOpaque()).body()).isEqualTo(OPAQUE);
  }

  /** An introspector of the application's own may have left the confirmation out. */
  @Test
  void attributesThatAreNotTheIssuersOwnProveNothing() {
    Api api = fixture.api("policy", "when-bound");
    assertRefused(api.thief().get("/own-introspector", fixture.boundOpaque()));
    assertRefused(api.rightful().get("/own-introspector", fixture.unboundOpaque()));
  }

  @Test
  void whereThePolicyIsOffSpringDecidesAlone() {
    Api api = fixture.api("policy", "off");
    assertThat(api.anonymous().get("/opaque", fixture.boundOpaque()).body()).isEqualTo(OPAQUE);
    assertThat(api.anonymous().get("/jwt", fixture.unbound()).body()).isEqualTo(JWT);
    assertRefusedBySpring(api.rightful().get("/jwt", fixture.bound()));
  }

  /** Spring Security finds no certificate on a reactive chain, so that it refuses the token. */
  private static void assertRefusedBySpring(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
  }

  private static void assertFails(Mono<?> work, Class<? extends Throwable> failure) {
    assertThatThrownBy(work::block).isInstanceOf(failure);
  }

  @Test
  void theApplicationsDecoderStaysAsItIs() {
    fixture.api();
    assertEnforced(fixture.api(), "/jwt", fixture.bound(), JWT);
    ReactiveJwtDecoder decoder = fixture.bean(ReactiveJwtDecoder.class);
    assertThat(decoder.decode(fixture.bound()).onErrorComplete().blockOptional()).isEmpty();
    assertThat(decoder.decode(fixture.unbound()).blockOptional()).isPresent();
  }

  private static Api demanding(String path) {
    return fixture.api("rules[0].paths", path, "rules[0].scopes", "transfer");
  }

  private static Map<String, Object> granted(Object scope) {
    Map<String, Object> claims = fixture.contract().boundClaims();
    claims.put("scope", scope);
    return claims;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwt", "/by-issuer", "/holdfast-jwt", "/opaque", "/holdfast-opaque"})
  void aScopeThatARuleDemandsMustBeGranted(String path) {
    Api api = demanding(path);
    TestIssuer issuer = fixture.contract().issuer();
    boolean opaque = path.endsWith("opaque");
    Map<String, Object> wide = granted("accounts transfer");
    Map<String, Object> narrow = granted("accounts");
    HttpResponse<String> refused =
        api.rightful().get(path, opaque ? issuer.opaque(narrow) : issuer.jwt(narrow));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().allValues("WWW-Authenticate").get(0))
        .startsWith("Bearer error=\"insufficient_scope\", ")
        .contains("scope=\"transfer\"");
    assertThat(refused.body()).isEmpty();
    assertThat(
            api.rightful().get(path, opaque ? issuer.opaque(wide) : issuer.jwt(wide)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIntrospectionAnswersCountsBeforeTheTokensOwnPayload() {
    Api api = demanding("/opaque");
    TestIssuer issuer = fixture.contract().issuer();
    String token = issuer.jwt(granted("transfer"));
    issuer.introspectAs(token, granted("accounts"));
    assertThat(api.rightful().get("/opaque", token).statusCode()).isEqualTo(403);
    issuer.introspectAs(token, granted("transfer"));
    assertThat(api.rightful().get("/opaque", token).statusCode()).isEqualTo(200);
  }

  /** Spring Security makes authorities of the list by casts. */
  @Test
  void aListOfScopesThatIsNoListOfTextsIsRefused() {
    String token = fixture.contract().issuer().jwt(granted(List.of("transfer", 5)));
    assertRefused(demanding("/jwt").rightful().get("/jwt", token));
  }
}
