package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.Answers.assertNoCredentials;
import static dev.holdfast.testing.contract.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the HTTP table, and the endpoints themselves. */
public interface HttpTableCases extends WithFixture {

  @Test
  default void anOpenPathNeedsNoToken() {
    assertThat(fixture().api().anonymous().send("GET", "/public/ping").statusCode()).isEqualTo(200);
  }

  @Test
  default void noCredentialsAreChallengedWithoutAnErrorCode() {
    Api api = fixture().api();
    assertNoCredentials(api, () -> api.rightful().send("GET", "/me"));
    assertNoCredentials(api, () -> api.rightful().send("POST", "/payments"));
  }

  @Test
  default void anotherSchemeIsNoCredentialOfOurs() {
    Api api = fixture().api();
    assertNoCredentials(
        api, () -> api.rightful().send("GET", "/me", "Authorization", "Basic YTpi"));
  }

  @Test
  default void aBoundJwtPassesWithItsCertificate() {
    String token = fixture().issuer().jwt(fixture().boundClaims());
    HttpResponse<String> response = fixture().api().rightful().get("/me", token);
    assertBound(response, fixture().rightful().thumbprint());
    assertThat(json(response.body())).containsEntry("issuer", fixture().issuer().issuer());
  }

  @Test
  default void aBoundOpaqueTokenPassesWithItsCertificate() {
    String token = fixture().issuer().opaque(fixture().boundClaims());
    assertBound(fixture().api().rightful().get("/me", token), fixture().rightful().thumbprint());
  }

  @Test
  default void aPaymentIsMade() {
    String token = fixture().issuer().jwt(fixture().boundClaims());
    HttpResponse<String> response =
        fixture().api().rightful().send("POST", "/payments", "Authorization", "Bearer " + token);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(json(response.body()))
        .containsEntry("thumbprint", fixture().rightful().thumbprint());
  }

  @Test
  default void aStolenJwtIsRefused() {
    Api api = fixture().api();
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertInvalidToken(api, () -> api.thief().get("/me", token));
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
  }

  @Test
  default void aStolenOpaqueTokenIsRefused() {
    Api api = fixture().api();
    String token = fixture().issuer().opaque(fixture().boundClaims());
    assertInvalidToken(api, () -> api.thief().get("/me", token));
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
  }

  @Test
  default void anExpiredTokenIsRefused() {
    Api api = fixture().api();
    Map<String, Object> claims = fixture().boundClaims();
    claims.put("exp", System.currentTimeMillis() / 1000 - 1);
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
  }

  @Test
  default void aTokenForAnotherAudienceIsRefused() {
    Api api = fixture().api();
    Map<String, Object> claims = fixture().boundClaims();
    claims.put("aud", "https://other.example");
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().jwt(claims)));
    assertInvalidToken(api, () -> api.rightful().get("/me", fixture().issuer().opaque(claims)));
  }

  @Test
  default void aTokenWithAnotherSignatureIsRefused_T39() {
    Api api = fixture().api();
    String token = fixture().issuer().jwt(fixture().boundClaims());
    int signature = token.lastIndexOf('.') + 1;
    char flipped = token.charAt(signature) == 'A' ? 'B' : 'A';
    String forged = token.substring(0, signature) + flipped + token.substring(signature + 1);
    assertInvalidToken(api, () -> api.rightful().get("/me", forged));
  }

  @Test
  default void anEs256JwtPassesToo() {
    String token =
        fixture().issuer().sign(JWSAlgorithm.ES256, fixture().boundClaims(), header -> {});
    assertBound(fixture().api().rightful().get("/me", token), fixture().rightful().thumbprint());
  }

  @Test
  default void aTokenThatTheIssuerDoesNotKnowIsRefused() {
    Api api = fixture().api();
    assertInvalidToken(api, () -> api.rightful().get("/me", "opaque-and-unknown"));
  }

  /** T99: the method does not matter; a container may refuse one of them itself. */
  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "PROPFIND", "get"})
  default void everyMethodNeedsTheBinding_T99(String method) {
    Api api = fixture().api();
    String token = fixture().issuer().jwt(fixture().boundClaims());
    int before = api.reached();
    assertThat(api.rightful().send(method, "/anything").statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(
            api.thief().send(method, "/anything", "Authorization", "Bearer " + token).statusCode())
        .isGreaterThanOrEqualTo(400);
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void headPassesWithTheBinding_T99() {
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(
            fixture()
                .api()
                .rightful()
                .send("HEAD", "/anything", "Authorization", "Bearer " + token)
                .statusCode())
        .isEqualTo(200);
  }
}
