package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBearer;
import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static dev.holdfast.testing.contract.Answers.assertNonceNeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nonces of the service (RFC 9449 sections 8 and 9), and which scheme is taken where. */
interface DpopNonceCases extends InScene {

  private Api demanding() {
    return scene().api("dpop.nonce", "always");
  }

  private String token(DpopKey key) {
    return scene().issuer().jwt(scene().claimsWithCnf(Map.of("jkt", key.thumbprint())));
  }

  private static HttpResponse<String> call(Api api, String path, String token, String proof) {
    return api.anonymous().send("GET", path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  default void aNonceIsHandedOutAndTaken_T55() {
    Api api = demanding();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String without = key.proof("GET", api.base() + "/me", token).sign();
    String nonce = assertNonceNeeded(api, () -> call(api, "/me", token, without));
    String with = key.proof("GET", api.base() + "/me", token).claim("nonce", nonce).sign();
    HttpResponse<String> response = call(api, "/me", token, with);
    assertDpopBound(response, key.thumbprint());
    assertThat(response.headers().allValues("DPoP-Nonce")).as("it is still current").isEmpty();
    assertInvalidProof(api, () -> call(api, "/me", token, with));
  }

  @Test
  default void anotherNonceIsRefused_T55() {
    Api api = demanding();
    DpopKey key = DpopKey.create();
    String token = token(key);
    assertNonceNeeded(
        api,
        () ->
            call(
                api,
                "/me",
                token,
                key.proof("GET", api.base() + "/me", token).claim("nonce", "mine").sign()));
  }

  /** Nothing is told to who has no good proof, a nonce neither. */
  @Test
  default void aBadProofIsHandedNoNonce() {
    Api api = demanding();
    DpopKey key = DpopKey.create();
    String token = token(key);
    HttpResponse<String> response =
        call(
            api,
            "/me",
            token,
            key.proof("GET", api.base() + "/me", token).signedBy(DpopKey.create()).sign());
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("DPoP-Nonce")).isEmpty();
  }

  @Test
  default void aPlaceThatTakesNoDpopDemandsNoNonce() {
    Api api =
        scene()
            .api(
                "dpop.nonce", "always",
                "rules[0].paths", "/me",
                "rules[0].methods", "certificate");
    String token = scene().issuer().jwt(scene().boundClaims());
    assertBound(api.rightful().get("/me", token), scene().rightful().thumbprint());
    HttpResponse<String> none = api.anonymous().send("GET", "/me");
    assertThat(none.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
  }

  @Test
  default void aPlaceThatTakesDpopAloneSaysSo() {
    Api api = scene().api("methods", "dpop", "dpop.algorithms", "ES256,EdDSA");
    HttpResponse<String> none = api.anonymous().send("GET", "/me");
    assertThat(none.headers().allValues("WWW-Authenticate"))
        .containsExactly("DPoP algs=\"ES256 EdDSA\"");
    String token = scene().issuer().jwt(scene().boundClaims());
    assertThat(api.rightful().get("/me", token).headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "DPoP error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\", algs=\"ES256 EdDSA\"");
  }

  @Test
  default void dpopCanBeSwitchedOff() {
    Api api = scene().api("dpop.enabled", "false", "policy", "when-bound");
    DpopKey key = DpopKey.create();
    String token = token(key);
    HttpResponse<String> refused =
        call(api, "/me", token, key.proof("GET", api.base() + "/me", token).sign());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues("WWW-Authenticate"))
        .hasSize(1)
        .allMatch(challenge -> challenge.startsWith("Bearer error=\"invalid_token\""));
    assertBearer(api.anonymous().get("/me", scene().issuer().jwt(scene().issuer().claims(null))));
  }
}
