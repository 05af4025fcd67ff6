package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.Caller;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of sessions, CSRF tokens, preflights and open paths on an enforced chain. */
@Tag("verify")
class RequestsTest {
  private static Fixture fixture;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(RequestChains.class);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static String cookie(HttpResponse<String> response) {
    return response.headers().allValues("Set-Cookie").stream()
        .filter(field -> field.startsWith("SESSION="))
        .map(field -> field.split(";", 2)[0])
        .findFirst()
        .orElse("");
  }

  /** The application stores the security context in the session by itself. */
  @Test
  void noSessionTakesTheLoginOfAToken() {
    Api api = fixture.api();
    HttpResponse<String> stored = api.rightful().get("/store", fixture.bound());
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(cookie(stored)).as("the application's own session").isNotEmpty();
    HttpResponse<String> later = api.anonymous().send("GET", "/me", "Cookie", cookie(stored));
    assertThat(later.statusCode()).isEqualTo(401);
    HttpResponse<String> seen = api.anonymous().send("GET", "/open", "Cookie", cookie(stored));
    assertThat(seen.body()).as("what is no login stays").isEqualTo("mine");
  }

  @Test
  void aPolicyThatOnlyReportsLeavesSessionsAlone() {
    Api api = fixture.api("policy", "report-only");
    HttpResponse<String> stored = api.rightful().get("/store", fixture.bound());
    HttpResponse<String> later = api.anonymous().send("GET", "/me", "Cookie", cookie(stored));
    assertThat(later.statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestWithAProofNeedsNoCsrfToken() {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("POST", api.base() + "/me", token).sign();
    HttpResponse<String> served =
        api.anonymous().send("POST", "/me", "Authorization", "DPoP " + token, "DPoP", proof);
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(api.anonymous().send("POST", "/me").statusCode()).as("CSRF").isEqualTo(403);
    assertThat(
            api.rightful()
                .send("POST", "/me", "Authorization", "Bearer " + fixture.bound())
                .statusCode())
        .isEqualTo(200);
  }

  /** Spring Security exempts it for its token. Holdfast takes none from there. */
  @Test
  void aTokenInAnotherPlaceIsNoWayAroundCsrfTokens() {
    Api api = fixture.api();
    for (String token : List.of("junk", fixture.bound())) {
      HttpResponse<String> forged =
          api.rightful().send("POST", "/elsewhere", "Cookie", "token=" + token);
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.body()).isEmpty();
    }
    assertThat(api.anonymous().send("POST", "/elsewhere").statusCode()).isEqualTo(403);
    assertThat(api.anonymous().send("GET", "/elsewhere").body()).isEqualTo("nobody");
    assertThat(api.rightful().get("/elsewhere", fixture.bound()).body())
        .isEqualTo("JwtAuthenticationToken alice");
  }

  /** There nobody takes the token, so that the session's login would act without a CSRF token. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "rule", "rule-of-the-issuer"})
  void whereThePolicyIsOffSpringsProtectionStays(String where) {
    String issuer = fixture.contract().issuer().issuer();
    Api api =
        switch (where) {
          case "off" -> fixture.api("policy", "off");
          case "rule" -> fixture.api("rules[0].paths", "/elsewhere", "rules[0].policy", "off");
          default ->
              fixture.api(
                  "rules[0].paths",
                  "/elsewhere",
                  "rules[0].policy",
                  "off",
                  "rules[0].issuers",
                  issuer);
        };
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("POST", api.base() + "/elsewhere", token).sign();
    HttpResponse<String> forged =
        api.anonymous().send("POST", "/elsewhere", "Authorization", "DPoP " + token, "DPoP", proof);
    assertThat(forged.statusCode()).isIn(401, 403);
    assertThat(api.anonymous().send("POST", "/elsewhere", "Authorization", "DPoP x").statusCode())
        .isIn(401, 403);
  }

  @Test
  void aPreflightReachesTheApplicationsCors() {
    Caller browser = fixture.api().anonymous();
    HttpResponse<String> answer =
        browser.send(
            "OPTIONS",
            "/me",
            "Origin",
            "https://app.example",
            "Access-Control-Request-Method",
            "GET");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
  }

  /** A chain without a resource server, and nobody of the chain's sees the header either. */
  @Test
  void aForgedHeaderIsHiddenOnOpenPathsToo() {
    String[] settings = {
      "certificate.source",
      "header",
      "certificate.header.format",
      "rfc9440",
      "proxies.trusted",
      "10.0.0.0/8"
    };
    Api api = fixture.api(settings);
    HttpResponse<String> seen =
        api.anonymous().send("GET", "/headers", "Client-Cert", ":Zm9yZ2Vk:", "X-Mine", "yes");
    assertThat(seen.body()).contains("X-Mine").doesNotContainIgnoringCase("client-cert");
  }

  /** Neither a success handler nor a filter behind sees who is not confirmed. */
  @Test
  void nobodySeesAnUnconfirmedAuthentication() {
    Api api = fixture.api();
    RequestChains.Seen seen = fixture.bean(RequestChains.Seen.class);
    seen.names().clear();
    assertRefused(api.thief().get("/watched", fixture.bound()));
    assertThat(seen.names()).isEmpty();
    assertThat(api.rightful().get("/watched", fixture.bound()).statusCode()).isEqualTo(200);
    assertThat(seen.names()).containsExactly("success alice", "filter alice");
  }

  /** Two filters of one chain take the token: its proof is spent once. */
  @Test
  void aProofIsSpentOnceInAChainWithTwoFilters() {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("GET", api.base() + "/twice", token).sign();
    String[] fields = {"Authorization", "DPoP " + token, "DPoP", proof};
    assertThat(api.anonymous().send("GET", "/twice", fields).statusCode()).isEqualTo(200);
    assertThat(api.anonymous().send("GET", "/twice", fields).statusCode()).isEqualTo(401);
  }

  /** So that the detector is known to look. */
  @Test
  void anApplicationThatBlocksAnEventLoopIsFound() {
    Api api = fixture.api();
    assertThat(api.anonymous().send("GET", "/block").statusCode()).isEqualTo(500);
    assertThat(fixture.bean(RequestChains.Seen.class).names()).contains("blocked");
  }
}
