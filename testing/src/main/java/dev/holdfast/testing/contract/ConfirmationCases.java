package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBearer;
import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token demands, and who proves it: T24, T25, T27 to T36, T90. */
public interface ConfirmationCases extends WithFixture {
  /** The thumbprint of some DPoP key. */
  String SOME_JKT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  @Test
  default void aDpopBoundTokenUnderBearerIsRefused_T24() {
    Api api = fixture().api();
    Map<String, Object> claims = fixture().claimsWithCnf(Map.of("jkt", SOME_JKT));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
  }

  @Test
  default void aTokenWithoutJktUnderDpopIsRefused_T25() {
    Api api = fixture().api();
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertInvalidProof(
        api, () -> api.rightful().send("GET", "/me", "Authorization", "DPoP " + token));
  }

  /** Not an object, empty, only unknown, the wrong name, not the canonical digest. */
  static Stream<Object> unusableConfirmations() {
    String digest = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg0";
    return Stream.of(
        "text",
        List.of("x5t#S256"),
        1,
        true,
        Map.of(),
        Map.of("foo", "bar"),
        Map.of("jwk", Map.of("kty", "EC")),
        Map.of("kid", digest),
        Map.of("x5t", digest),
        Map.of("x5t#s256", digest),
        Map.of("x5t#S256", digest + "="),
        Map.of("x5t#S256", digest.replace('_', '/').replace('-', '+')),
        Map.of("x5t#S256", digest.substring(1)),
        Map.of("x5t#S256", digest + "A"),
        Map.of("x5t#S256", digest.substring(0, 42) + "2"),
        Map.of("x5t#S256", " " + digest.substring(1)),
        Map.of("x5t#S256", List.of(digest)));
  }

  @ParameterizedTest
  @MethodSource("unusableConfirmations")
  default void aConfirmationThatDemandsNothingUsableIsRefused_T27_T28_T29_T32_T33_T34(Object cnf) {
    Api api = fixture().api("policy", "when-bound");
    Map<String, Object> claims = fixture().claimsWithCnf(cnf);
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_type", "typ"})
  default void aTokenThatIsCalledBoundAndNamesNoKeyIsRefused_C88(String member) {
    Api api = fixture().api("policy", "when-bound");
    for (String kind : List.of("DPoP", "pop", "N_A", "Refresh", "refresh_token", "ID")) {
      Map<String, Object> claims = fixture().issuer().claims(null);
      claims.put(member, kind);
      assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
      assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    }
    Map<String, Object> bearer = fixture().issuer().claims(null);
    bearer.put(member, "Bearer");
    assertBearer(api.anonymous().get("/me", fixture().issuer().opaque(bearer)));
    assertBearer(api.anonymous().get("/me", fixture().issuer().jwt(bearer)));
    Map<String, Object> bound = fixture().boundClaims();
    bound.put(member, "Bearer");
    String thumbprint = fixture().rightful().thumbprint();
    assertBound(api.rightful().get("/me", fixture().issuer().opaque(bound)), thumbprint);
    assertInvalidToken(api, () -> api.thief().get("/me", fixture().issuer().opaque(bound)));
  }

  @Test
  default void timesInAnySpellingOfJsonPass_C27_C28() {
    Api api = fixture().api();
    long now = System.currentTimeMillis() / 1000;
    for (Object end : List.of(now + 300.25, 9_223_372_036_854_775L, Long.MAX_VALUE, 1e300)) {
      Map<String, Object> claims = fixture().boundClaims();
      claims.put("exp", end);
      claims.put("iat", now - 0.5);
      String thumbprint = fixture().rightful().thumbprint();
      assertBound(api.rightful().get("/me", fixture().issuer().opaque(claims)), thumbprint);
      assertBound(api.rightful().get("/me", fixture().issuer().jwt(claims)), thumbprint);
    }
  }

  @Test
  default void anUnknownMemberBesideAKnownOneIsIgnored_T30() {
    String thumbprint = fixture().rightful().thumbprint();
    Map<String, Object> claims =
        fixture().claimsWithCnf(Map.of("x5t#S256", thumbprint, "kc-jkt-type", "DPoP"));
    assertBound(fixture().api().rightful().get("/me", fixture().issuer().jwt(claims)), thumbprint);
    assertBound(
        fixture().api().rightful().get("/me", fixture().issuer().opaque(claims)), thumbprint);
  }

  @Test
  default void everyKnownMemberMustMatch_T31() {
    Api api = fixture().api();
    String thumbprint = fixture().rightful().thumbprint();
    Map<String, Object> claims =
        fixture().claimsWithCnf(Map.of("x5t#S256", thumbprint, "jkt", SOME_JKT));
    String token = fixture().issuer().jwt(claims);
    assertInvalidToken(api, () -> api.rightful().get("/me", token));
    assertInvalidProof(
        api, () -> api.rightful().send("GET", "/me", "Authorization", "DPoP " + token));
    Map<String, Object> both =
        fixture().claimsWithCnf(Map.of("x5t#S256", thumbprint, "tbh", SOME_JKT));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(both)));
  }

  @Test
  default void aTokenBoundToNothingIsRefusedWhereABindingIsRequired_T36() {
    Api api = fixture().api();
    Map<String, Object> claims = fixture().issuer().claims(null);
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
  }

  @Test
  default void theBindingIsComparedOnEveryCacheHit_T90() {
    Api api = fixture().api();
    String thumbprint = fixture().rightful().thumbprint();
    String token = fixture().issuer().opaque(fixture().boundClaims());
    int introspections = fixture().issuer().introspections();
    assertBound(api.rightful().get("/me", token), thumbprint);
    assertInvalidToken(api, () -> api.thief().get("/me", token));
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
    assertBound(api.rightful().get("/me", token), thumbprint);
    assertThat(fixture().issuer().introspections() - introspections)
        .as("the second to the fourth request were answered from the cache")
        .isEqualTo(1);
  }
}
