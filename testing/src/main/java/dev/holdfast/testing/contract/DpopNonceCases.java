package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBearer;
import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertNonceNeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Nonces of the service (RFC 9449 sections 8 and 9), and which scheme is taken where. */
public interface DpopNonceCases extends WithFixture {

  private DpopClient askedForNonces() {
    return DpopClient.of(fixture(), fixture().api("dpop.nonce", "always"));
  }

  @Test
  default void aNonceIsHandedOutAndTaken_T55() {
    DpopClient client = askedForNonces();
    String without = client.proof("/me").sign();
    String nonce = assertNonceNeeded(client.api(), () -> client.get("/me", without));
    String with = client.proof("/me").claim("nonce", nonce).sign();
    HttpResponse<String> response = client.get("/me", with);
    assertDpopBound(response, client.key().thumbprint());
    assertThat(response.headers().allValues("DPoP-Nonce")).as("it is still current").isEmpty();
    client.assertProofRefused("/me", with);
  }

  @Test
  default void anotherNonceIsRefused_T55() {
    DpopClient client = askedForNonces();
    String proof = client.proof("/me").claim("nonce", "mine").sign();
    assertNonceNeeded(client.api(), () -> client.get("/me", proof));
  }

  /** The endpoint itself says that its answer may be cached by everybody. */
  @Test
  default void aSuccessThatBringsANonceIsKeptByNoCache_C39() {
    DpopClient client =
        DpopClient.of(fixture(), fixture().api("policy", "report-only", "dpop.nonce", "always"));
    HttpResponse<String> response = client.get("/me", client.proof("/me").sign());
    assertThat(response.statusCode()).isEqualTo(200);
    String nonce = response.headers().firstValue("DPoP-Nonce").orElseThrow();
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");

    HttpResponse<String> without =
        client.get("/me", client.proof("/me").claim("nonce", nonce).sign());
    assertThat(without.headers().allValues("DPoP-Nonce")).isEmpty();
    assertThat(without.headers().firstValue("Cache-Control")).contains("public, max-age=60");
  }

  /** Nothing is told to who has no good proof, a nonce neither. */
  @Test
  default void aBadProofIsHandedNoNonce() {
    DpopClient client = askedForNonces();
    HttpResponse<String> response =
        client.get("/me", client.proof("/me").signedBy(DpopKey.create()).sign());
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().allValues("DPoP-Nonce")).isEmpty();
  }

  @Test
  default void aPlaceThatTakesNoDpopDemandsNoNonce() {
    Api api =
        fixture()
            .api(
                "dpop.nonce", "always",
                "rules[0].paths", "/me",
                "rules[0].methods", "certificate");
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertBound(api.rightful().get("/me", token), fixture().rightful().thumbprint());
    HttpResponse<String> none = api.anonymous().send("GET", "/me");
    assertThat(none.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
  }

  @Test
  default void aPlaceThatTakesDpopAloneSaysSo() {
    Api api = fixture().api("methods", "dpop", "dpop.algorithms", "ES256,EdDSA");
    HttpResponse<String> none = api.anonymous().send("GET", "/me");
    assertThat(none.headers().allValues("WWW-Authenticate"))
        .containsExactly("DPoP algs=\"ES256 EdDSA\"");
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertThat(api.rightful().get("/me", token).headers().allValues("WWW-Authenticate"))
        .containsExactly(
            "DPoP error=\"invalid_token\", error_description=\"the access token is not valid for"
                + " this request\", algs=\"ES256 EdDSA\"");
  }

  @Test
  default void dpopCanBeSwitchedOff() {
    Api api = fixture().api("dpop.enabled", "false", "policy", "when-bound");
    DpopClient client = DpopClient.of(fixture(), api);
    HttpResponse<String> refused = client.get("/me", client.proof("/me").sign());
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().allValues("WWW-Authenticate"))
        .hasSize(1)
        .allMatch(challenge -> challenge.startsWith("Bearer error=\"invalid_token\""));
    assertBearer(
        api.anonymous().get("/me", fixture().issuer().jwt(fixture().issuer().claims(null))));
  }
}
