package dev.holdfast.jakartarest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ContractFixture;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/jakarta-rest.md says of one engine in one container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RestContract {
  final ContractFixture fixture;
  private final Engine engine;
  private String token = "";
  Api api;

  RestContract(Engine engine, Container container) {
    this.engine = engine;
    this.fixture = new ContractFixture(spec -> container.start(engine, spec));
  }

  @BeforeAll
  void start() {
    token = fixture.issuer().jwt(fixture.boundClaims());
    api = fixture.api("roles-from", "scope");
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  /** A rule for one resource demands a scope that no token here has. */
  private Api ruled() {
    return fixture.api(
        "roles-from", "scope", "rules[0].paths", "/api/secret/**", "rules[0].scopes", "vault");
  }

  private HttpResponse<String> get(Api from, String path) {
    return from.rightful().get(path, token);
  }

  private String seen(String scheme, String thumbprint) {
    return "alice " + scheme + " secure:true accounts:true admin:false same:true " + thumbprint;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/me", "/api/suspended", "/api/stage"})
  void theResourceSeesWhoCallsAndWithWhichKey(String path) {
    HttpResponse<String> answer = get(api, path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(seen("Bearer", fixture.rightful().thumbprint()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/me",
        "/api/suspended",
        "/api/stage",
        "/api/events",
        "/api/early",
        "/api/alias",
        "/api/mapped",
        "/api/account/7/owner",
        "/api/nowhere",
        "/api/me;a=b",
        "/api;a=b/me",
        "/%61pi/me"
      })
  void aStolenTokenReachesNothing(String path) {
    int before = api.reached();

    for (HttpResponse<String> answer :
        List.of(api.thief().get(path, token), api.anonymous().get(path, token))) {
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .satisfiesExactly(
              first -> assertThat(first).startsWith("Bearer error=\"invalid_token\""),
              second -> assertThat(second).startsWith("DPoP algs="));
    }
    HttpResponse<String> without = api.rightful().send("GET", path);
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().allValues("WWW-Authenticate")).first().isEqualTo("Bearer");
    assertThat(api.reached()).isEqualTo(before);

    assertThat(get(api, path).statusCode()).isNotEqualTo(401);
    assertThat(api.reached()).isGreaterThan(before);
  }

  @Test
  void aProofIsDemandedOfATokenThatIsBoundByDpop() {
    DpopKey key = DpopKey.create();
    String bound = fixture.issuer().jwt(fixture.dpopClaims(key));
    String uri = api.base() + "/api/me";

    HttpResponse<String> owner = dpop(bound, key.proof("GET", uri, bound).sign());
    assertThat(owner.body()).isEqualTo(seen("DPoP", key.thumbprint()));
    HttpResponse<String> thief = dpop(bound, DpopKey.create().proof("GET", uri, bound).sign());
    assertThat(thief.statusCode()).isEqualTo(401);
    assertThat(thief.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("DPoP ")
        .contains("error=\"invalid_token\"");
  }

  private HttpResponse<String> dpop(String bound, String proof) {
    return api.anonymous().send("GET", "/api/me", "Authorization", "DPoP " + bound, "DPoP", proof);
  }

  @Test
  void scopesAreRolesWhereTheSettingSaysSo() {
    assertThat(get(api, "/api/role/accounts").body()).isEqualTo("accounts");
    assertThat(get(api, "/api/role/admin").statusCode()).isEqualTo(403);
    assertThat(get(fixture.api(), "/api/role/accounts").statusCode()).isEqualTo(403);
  }

  @Test
  void anEngineThatIsNotToldToDoesNotLookAtRoles() {
    assertThat(get(api, "/without-roles/role/admin").body()).isEqualTo("admin");
  }

  @Test
  void eventsAreSentToTheirCaller() {
    assertThat(get(api, "/api/events").body().lines().filter(line -> !line.isEmpty()))
        .containsExactly("data: alice 1", "data: alice 2");
  }

  @Test
  void aSubResourceAndAMapperAndAnErrorPageSeeTheCaller() {
    assertThat(get(api, "/api/account/7/owner").body()).isEqualTo("7 of alice");
    assertThat(get(api, "/api/mapped").statusCode()).isEqualTo(418);
    assertThat(get(api, "/api/mapped").body()).isEqualTo("mapped for alice");
    HttpResponse<String> unmapped = get(api, "/api/unmapped");
    assertThat(unmapped.statusCode()).isEqualTo(500);
    assertThat(unmapped.body()).isEqualTo("error page for alice");
  }

  @Test
  void aFilterBeforeTheMatchComesAfterHoldfast() {
    assertThat(get(api, "/api/early").body()).isEqualTo("early alice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/secret",
        "/api/secret/",
        "/api/%73ecret",
        "/%61pi/secret",
        "/api/SECRET",
        "/api//secret",
        "//api/secret",
        "/api/x/../secret",
        "/api/secret;a=b",
        "/api;a=b/secret"
      })
  void aRuleHoldsForEverySpelling(String path) {
    int before = ruled().reached();

    assertThat(get(ruled(), path).statusCode()).isIn(400, 403);
    assertThat(ruled().reached()).isEqualTo(before);
  }

  /** The strictest of all rules holds for a target with a matrix parameter. */
  @Test
  void aMatrixParameterIsLawfulWhereNoRuleIsStricter() {
    assertThat(get(api, "/api/seat;row=7").body()).isEqualTo("row 7");
    assertThat(get(ruled(), "/api/seat").body()).isEqualTo("row null");
    assertThat(get(ruled(), "/api/seat;row=7").statusCode()).isEqualTo(403);
  }

  @Test
  void aRuleForOnePathHoldsWithASlashBehindItToo() {
    Api exact = fixture.api("rules[0].paths", "/api/secret", "rules[0].scopes", "vault");

    assertThat(get(exact, "/api/secret").statusCode()).isEqualTo(403);
    assertThat(get(exact, "/api/secret/").statusCode()).isEqualTo(403);
  }

  /** What the engine changes after the decision, Holdfast does not see. */
  @ParameterizedTest
  @CsvSource({"/api/alias, secret", "/api/secret.txt, secret"})
  void aRuleDoesNotFollowWhatTheEngineMakesOfATarget(String path, String body) {
    HttpResponse<String> answer = get(ruled(), path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void aRuleForAMethodDoesNotFollowAnOverride() {
    Api posts =
        fixture.api(
            "rules[0].paths",
            "/api/**",
            "rules[0].http-methods",
            "POST",
            "rules[0].scopes",
            "vault");
    assertThat(get(posts, "/api/secret").body()).isEqualTo("secret");
    assertThat(send(posts, "POST", "/api/secret").statusCode()).isEqualTo(403);
    if (engine == Engine.JERSEY) {
      assertThat(send(posts, "GET", "/api/secret?_method=POST").statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<String> send(Api to, String method, String path) {
    return to.rightful().send(method, path, "Authorization", "Bearer " + token);
  }
}
