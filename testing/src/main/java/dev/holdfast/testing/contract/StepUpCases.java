package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertInvalidDpopToken;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.Answers.assertNoCredentials;
import static dev.holdfast.testing.contract.Answers.assertRefused;
import static dev.holdfast.testing.contract.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scopes by rule (RFC 6750 section 3.1) and the strength of the user's authentication (RFC 9470).
 * Every token here is good, and its caller has its key, unless a case says otherwise.
 */
public interface StepUpCases extends WithFixture {
  /** Where the challenge names the resource's metadata. */
  String RESOURCE_METADATA =
      "resource_metadata=\"https://api.example/.well-known/oauth-protected-resource\"";

  /** What DPoP's own challenge says beside that. */
  String ALGS = "algs=\"ES256 ES384 EdDSA Ed25519 PS256 RS256\"";

  /** The challenge's beginning for a token that lacks a scope. */
  String NARROW =
      " error=\"insufficient_scope\","
          + " error_description=\"the access token lacks a scope that this request needs\", ";

  /** The same for a user who must authenticate again. */
  String WEAK =
      " error=\"insufficient_user_authentication\","
          + " error_description=\"the user must authenticate again for this request\", ";

  private Api ruled() {
    return fixture()
        .api(
            "metadata.enabled", "true",
            "metadata.resource", "https://api.example",
            "metadata.scopes", "profile,payments",
            "rules[0].paths", "/scoped/**",
            "rules[0].scopes", "payments,accounts",
            "rules[1].paths", "/recent/**",
            "rules[1].max-authentication-age", "5m",
            "rules[2].paths", "/strong/**",
            "rules[2].acr-values", "phr,urn:example:silver",
            "rules[3].paths", "/all/**",
            "rules[3].scopes", "transfer",
            "rules[3].max-authentication-age", "90s",
            "rules[3].acr-values", "phr",
            "rules[4].paths", "/unbound/**",
            "rules[4].policy", "when-bound",
            "rules[4].scopes", "payments",
            "rules[5].paths", "/me",
            "rules[5].policy", "report-only",
            "rules[5].scopes", "transfer",
            "rules[6].paths", "/of-issuer/**",
            "rules[6].issuers", fixture().issuer().issuer(),
            "rules[6].scopes", "transfer",
            "rules[7].paths", "/got/**",
            "rules[7].http-methods", "GET",
            "rules[7].scopes", "transfer");
  }

  private String token(boolean jwt, Map<String, Object> claims) {
    return jwt ? fixture().issuer().jwt(claims) : fixture().issuer().opaque(claims);
  }

  private Map<String, Object> claims(Object... more) {
    return with(fixture().boundClaims(), more);
  }

  private static Map<String, Object> with(Map<String, Object> claims, Object... more) {
    for (int i = 0; i < more.length; i += 2) {
      claims.put((String) more[i], more[i + 1]);
    }
    return claims;
  }

  private static Map<String, Object> without(Map<String, Object> claims, String name) {
    claims.remove(name);
    return claims;
  }

  private static long ago(long seconds) {
    return System.currentTimeMillis() / 1000 - seconds;
  }

  private void assertServed(String path, Map<String, Object> claims) {
    Api api = ruled();
    for (boolean jwt : new boolean[] {true, false}) {
      HttpResponse<String> response = api.rightful().get(path, token(jwt, claims));
      assertThat(response.statusCode()).as("%s, jwt: %s", path, jwt).isEqualTo(200);
    }
  }

  private static void assertChallenged(
      Api api, int status, Supplier<HttpResponse<String>> call, String error) {
    assertRefused(
        api,
        status,
        call,
        "Bearer" + error + ", " + RESOURCE_METADATA,
        "DPoP " + ALGS + ", " + RESOURCE_METADATA);
  }

  private void assertNarrow(String path, String scopes, Map<String, Object> claims) {
    Api api = ruled();
    for (boolean jwt : new boolean[] {true, false}) {
      String token = token(jwt, claims);
      assertChallenged(
          api, 403, () -> api.rightful().get(path, token), NARROW + "scope=\"" + scopes + '"');
    }
  }

  private void assertWeak(String path, String demanded, Map<String, Object> claims) {
    Api api = ruled();
    for (boolean jwt : new boolean[] {true, false}) {
      String token = token(jwt, claims);
      assertChallenged(api, 401, () -> api.rightful().get(path, token), WEAK + demanded);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "accounts payments, true",
    "payments transfer accounts, true",
    "payments, false",
    "accounts, false",
    "payments Accounts, false",
    "payments accounts:read, false",
    "'payments,accounts', false"
  })
  default void eachScopeMustBeGranted(String granted, boolean enough) {
    Map<String, Object> claims = claims("scope", granted);
    if (enough) {
      assertServed("/scoped/x", claims);
    } else {
      assertNarrow("/scoped/x", "payments accounts", claims);
    }
  }

  @Test
  default void whereNoRuleAsksForScopesNoneIsNeeded() {
    assertServed("/other", without(claims(), "scope"));
  }

  /** Okta writes a list, and Microsoft Entra a text. */
  @Test
  default void scopesMayStandInScp() {
    for (Object scp : List.of("accounts payments", List.of("payments", "accounts"))) {
      assertServed("/scoped/x", without(claims("scp", scp), "scope"));
      assertServed("/scoped/x", claims("scope", scp));
    }
    assertNarrow("/scoped/x", "payments accounts", without(claims("scp", "accounts"), "scope"));
    assertNarrow(
        "/scoped/x", "payments accounts", claims("scope", "accounts", "scp", "accounts payments"));
  }

  @Test
  default void whatIsNoTextGrantsNothing() {
    for (Object scope : List.of(5, true, Map.of("payments", 1))) {
      assertNarrow("/scoped/x", "payments accounts", claims("scope", scope));
      assertNarrow("/scoped/x", "payments accounts", without(claims("scp", scope), "scope"));
    }
    assertNarrow("/scoped/x", "payments accounts", without(claims(), "scope"));
  }

  /** A framework that makes authorities of such a list may refuse the token for it: 401. */
  @ParameterizedTest
  @ValueSource(strings = {"scope", "scp"})
  default void aListOfOtherThingsGrantsNothing(String name) {
    Api api = ruled();
    Map<String, Object> claims = without(claims(), "scope");
    claims.put(name, List.of("payments", "accounts", 5));
    for (boolean jwt : new boolean[] {true, false}) {
      int before = api.reached();
      assertThat(api.rightful().get("/scoped/x", token(jwt, claims)).statusCode()).isIn(401, 403);
      assertThat(api.reached()).isEqualTo(before);
    }
  }

  @Test
  default void anAuthenticationMayBeAsOldAsTheRuleSays() {
    assertServed("/recent/x", claims("auth_time", ago(200)));
    assertServed("/recent/x", claims("auth_time", ago(200) + 0.5));
    assertWeak("/recent/x", "max_age=\"300\"", claims("auth_time", ago(301)));
    assertWeak("/recent/x", "max_age=\"300\"", claims());
  }

  @Test
  default void anAuthTimeThatCannotBeIsNotRecent() {
    for (Object time : List.of(ago(-3600), String.valueOf(ago(1)), true, -1)) {
      assertWeak("/recent/x", "max_age=\"300\"", claims("auth_time", time));
    }
  }

  @Test
  default void oneOfTheAcrValuesIsNeeded() {
    assertServed("/strong/x", claims("acr", "phr"));
    assertServed("/strong/x", claims("acr", "urn:example:silver"));
    for (Object acr : List.of("PHR", "urn:example:bronze", "phr urn:example:silver", 1, "")) {
      assertWeak("/strong/x", "acr_values=\"phr urn:example:silver\"", claims("acr", acr));
    }
    assertWeak("/strong/x", "acr_values=\"phr urn:example:silver\"", claims());
  }

  /** A client that repeats only a part would be refused for the other. */
  @Test
  default void oneChallengeSaysEverything() {
    Object[] strong = {"auth_time", ago(5), "acr", "phr"};
    assertServed("/all/x", with(claims(strong), "scope", "transfer"));
    assertNarrow("/all/x", "transfer", claims(strong));
    String both = "acr_values=\"phr\", max_age=\"90\"";
    assertWeak("/all/x", both, claims("auth_time", ago(5), "scope", "transfer"));
    assertWeak("/all/x", both, claims("acr", "phr", "scope", "transfer"));
    assertWeak("/all/x", "scope=\"transfer\", " + both, claims());
  }

  @Test
  default void aThiefLearnsNoneOfThis() {
    Api api = ruled();
    String token = token(true, claims());
    for (Caller caller : List.of(api.thief(), api.anonymous())) {
      HttpResponse<String> response = caller.get("/all/x", token);
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().allValues("WWW-Authenticate"))
          .allSatisfy(
              field ->
                  assertThat(field)
                      .doesNotContain("insufficient")
                      .doesNotContain("scope")
                      .doesNotContain("acr")
                      .doesNotContain("max_age"))
          .first()
          .asString()
          .contains("invalid_token");
    }
    Api plain = fixture().api("rules[0].paths", "/me", "rules[0].scopes", "transfer");
    assertInvalidToken(plain, () -> plain.thief().get("/me", token));
    assertNoCredentials(plain, () -> plain.rightful().send("GET", "/me"));
  }

  /** The error stands under the scheme of the token, and the proof stays unspent. */
  @Test
  default void underDpopTheErrorIsDpops() {
    DpopKey key = DpopKey.create();
    Api api = ruled();
    Map<String, Object> narrow = with(fixture().dpopClaims(key), "scope", "accounts");
    DpopClient client = new DpopClient(api, key, token(true, narrow));
    String proof = client.proof("/scoped/x").sign();
    for (int i = 0; i < 2; i++) {
      assertRefused(
          api,
          403,
          () -> client.get("/scoped/x", proof),
          "DPoP" + NARROW + "scope=\"payments accounts\", " + ALGS + ", " + RESOURCE_METADATA,
          "Bearer " + RESOURCE_METADATA);
    }
    DpopClient wide = new DpopClient(api, key, token(true, fixture().dpopClaims(key)));
    assertThat(wide.get("/scoped/x", wide.proof("/scoped/x").sign()).statusCode()).isEqualTo(200);
    DpopClient thief = client.thief();
    Api plain = fixture().api("rules[0].paths", "/me", "rules[0].scopes", "transfer");
    DpopClient elsewhere = new DpopClient(plain, thief.key(), client.token());
    assertInvalidDpopToken(plain, () -> elsewhere.get("/me", elsewhere.proof("/me").sign()));
  }

  @Test
  default void whenBoundAsksTokensWithoutAKeyToo() {
    Api api = ruled();
    Map<String, Object> unbound = fixture().issuer().claims(null);
    String wide = token(true, unbound);
    assertThat(api.anonymous().get("/unbound/x", wide).statusCode()).isEqualTo(200);
    String narrow = token(true, with(unbound, "scope", "accounts"));
    assertChallenged(
        api, 403, () -> api.anonymous().get("/unbound/x", narrow), NARROW + "scope=\"payments\"");
  }

  @Test
  default void reportOnlyLetsPassAndReports() {
    Api api = ruled();
    String token = token(true, claims());
    try (CapturedLog log = CapturedLog.start()) {
      Answers.assertBound(api.rightful().get("/me", token), fixture().rightful().thumbprint());
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .startsWith(
                          "report-only, would be refused: INSUFFICIENT_SCOPE (\"the token was not"
                              + " granted transfer\")"));
    }
  }

  @Test
  default void aRuleForAnIssuerIsAskedOnceItIsKnown() {
    assertServed("/of-issuer/x", claims("scope", "transfer"));
    assertNarrow("/of-issuer/x", "transfer", claims());
  }

  /** No other spelling of a request asks for less. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /got/x", "HEAD /got/x", "GET /GOT/x", "HEAD /Got/x"})
  default void anotherSpellingAsksForNoLess(String request) {
    Api api = ruled();
    String[] parts = request.split(" ", 2);
    String credential = "Bearer " + token(true, claims());
    int before = api.reached();
    HttpResponse<String> refused =
        api.rightful().send(parts[0], parts[1], "Authorization", credential);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(api.reached()).isEqualTo(before);
    String wide = "Bearer " + token(true, claims("scope", "transfer"));
    assertThat(api.rightful().send(parts[0], parts[1], "Authorization", wide).statusCode())
        .isEqualTo(200);
    assertThat(api.rightful().send("PUT", parts[1], "Authorization", credential).statusCode())
        .as("the rule is for GET")
        .isEqualTo(200);
  }

  @Test
  default void theMetadataNameTheScopesOfTheRules() {
    HttpResponse<String> document =
        ruled().anonymous().send("GET", "/.well-known/oauth-protected-resource");
    List<Object> scopes = new ArrayList<>((List<?>) json(document.body()).get("scopes_supported"));
    assertThat(scopes).containsExactly("profile", "payments", "accounts", "transfer");
  }
}
