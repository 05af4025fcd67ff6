package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBearer;
import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.Answers.assertNoCredentials;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four modes, and rules by path, method and issuer. */
public interface PolicyCases extends WithFixture {

  private String bound(boolean jwt) {
    return jwt
        ? fixture().issuer().jwt(fixture().boundClaims())
        : fixture().issuer().opaque(fixture().boundClaims());
  }

  private String unbound(boolean jwt) {
    Map<String, Object> claims = fixture().issuer().claims(null);
    return jwt ? fixture().issuer().jwt(claims) : fixture().issuer().opaque(claims);
  }

  @ParameterizedTest(name = "jwt: {0}")
  @ValueSource(booleans = {true, false})
  default void requiredTakesBoundTokensWithTheirKeyOnly(boolean jwt) {
    Api api = fixture().api("policy", "required");
    assertBound(api.rightful().get("/me", bound(jwt)), fixture().rightful().thumbprint());
    assertInvalidToken(api, () -> api.thief().get("/me", bound(jwt)));
    assertInvalidToken(api, () -> api.rightful().get("/me", unbound(jwt)));
  }

  @ParameterizedTest(name = "jwt: {0}")
  @ValueSource(booleans = {true, false})
  default void whenBoundTakesUnboundTokensToo(boolean jwt) {
    Api api = fixture().api("policy", "when-bound");
    assertBound(api.rightful().get("/me", bound(jwt)), fixture().rightful().thumbprint());
    assertInvalidToken(api, () -> api.thief().get("/me", bound(jwt)));
    assertInvalidToken(api, () -> api.anonymous().get("/me", bound(jwt)));
    assertBearer(api.anonymous().get("/me", unbound(jwt)));
  }

  @ParameterizedTest(name = "jwt: {0}")
  @ValueSource(booleans = {true, false})
  default void reportOnlyLetsAMismatchPassAndNothingElse(boolean jwt) {
    Api api = fixture().api("policy", "report-only");
    assertBound(api.rightful().get("/me", bound(jwt)), fixture().rightful().thumbprint());
    assertBearer(api.thief().get("/me", bound(jwt)));
    assertBearer(api.anonymous().get("/me", unbound(jwt)));
    assertTokensAreStillVerified(api, jwt);
  }

  @ParameterizedTest(name = "jwt: {0}")
  @ValueSource(booleans = {true, false})
  default void offDoesNotLookAtBindingsButAtTokens(boolean jwt) {
    Api api = fixture().api("policy", "off");
    assertBearer(api.thief().get("/me", bound(jwt)));
    assertBearer(api.anonymous().get("/me", unbound(jwt)));
    String expired = expired(jwt);
    for (String wrong : new String[] {expired, "unknown"}) {
      Answers.assertInvalidTokenWhereNoProofIsTaken(api, () -> api.rightful().get("/me", wrong));
    }
    Answers.assertNoCredentialsWhereNoProofIsTaken(api, () -> api.rightful().send("GET", "/me"));
  }

  private String expired(boolean jwt) {
    Map<String, Object> claims = fixture().boundClaims();
    claims.put("exp", System.currentTimeMillis() / 1000 - 1);
    return jwt ? fixture().issuer().jwt(claims) : fixture().issuer().opaque(claims);
  }

  private void assertTokensAreStillVerified(Api api, boolean jwt) {
    String expired = expired(jwt);
    assertInvalidToken(api, () -> api.rightful().get("/me", expired));
    assertInvalidToken(api, () -> api.rightful().get("/me", "unknown"));
    assertNoCredentials(api, () -> api.rightful().send("GET", "/me"));
  }

  @Test
  default void theFirstRuleThatMatchesDecides() {
    Api api =
        fixture()
            .api(
                "policy", "required",
                "rules[0].paths", "/payments",
                "rules[0].http-methods", "POST",
                "rules[1].paths[0]", "/me",
                "rules[1].paths[1]", "/payments",
                "rules[1].policy", "when-bound");
    assertBearer(api.anonymous().get("/me", unbound(true)));
    String credential = "Bearer " + unbound(true);
    assertInvalidToken(
        api, () -> api.anonymous().send("POST", "/payments", "Authorization", credential));
    assertThat(api.anonymous().send("PUT", "/payments", "Authorization", credential).statusCode())
        .as("the second rule holds for another method")
        .isNotEqualTo(401);
    assertInvalidToken(api, () -> api.anonymous().get("/other", unbound(true)));
  }

  @Test
  default void aRuleMayHoldForOneIssuerOnly() {
    Api api =
        fixture()
            .api(
                "policy", "required",
                "rules[0].issuers", fixture().issuer().issuer(),
                "rules[0].policy", "when-bound");
    assertBearer(api.anonymous().get("/me", unbound(true)));
    Api other =
        fixture()
            .api(
                "policy", "when-bound",
                "rules[0].issuers", fixture().issuer().issuer(),
                "rules[0].policy", "required");
    assertInvalidToken(other, () -> other.anonymous().get("/me", unbound(true)));
  }

  @Test
  default void withoutACertificateSourceABoundTokenIsNotVerifiedButTakenWhereThePolicyIsOff() {
    Api api = fixture().api("policy", "off", "certificate.source", "none");
    assertBearer(api.rightful().get("/me", bound(true)));
  }
}
