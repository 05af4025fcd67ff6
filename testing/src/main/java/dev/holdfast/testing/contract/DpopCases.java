package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidDpopToken;
import static dev.holdfast.testing.contract.Answers.assertInvalidProof;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DPoP as RFC 9449 and FAPI 2.0 want it of a resource server. */
interface DpopCases extends InScene {

  /** The base of the target URIs of a server that says what it is called. */
  String EXTERNAL = "https://api.example";

  private String token(DpopKey key) {
    return scene().issuer().jwt(scene().claimsWithCnf(Map.of("jkt", key.thumbprint())));
  }

  private static HttpResponse<String> call(
      Caller caller, String path, String token, String... proofs) {
    String[] headers = new String[2 + 2 * proofs.length];
    headers[0] = "Authorization";
    headers[1] = "DPoP " + token;
    for (int i = 0; i < proofs.length; i++) {
      headers[2 + 2 * i] = "DPoP";
      headers[3 + 2 * i] = proofs[i];
    }
    return caller.send("GET", path, headers);
  }

  @ParameterizedTest
  @EnumSource
  default void theFapiList(DpopCase row) {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = row.proof(key, api.base(), token);
    if (row.isAccepted()) {
      assertDpopBound(call(api.anonymous(), "/me", token, proof), key.thumbprint());
    } else {
      assertInvalidProof(api, () -> call(api.anonymous(), "/me", token, proof));
    }
  }

  @Test
  default void anOpaqueTokenIsBoundToo() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = scene().issuer().opaque(scene().claimsWithCnf(Map.of("jkt", key.thumbprint())));
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertDpopBound(call(api.anonymous(), "/me", token, proof), key.thumbprint());
    DpopKey thief = DpopKey.create();
    assertInvalidDpopToken(
        api,
        () ->
            call(
                api.anonymous(),
                "/me",
                token,
                thief.proof("GET", api.base() + "/me", token).sign()));
  }

  @Test
  default void aQueryOfTheRequestIsNoPartOfTheTarget() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertDpopBound(call(api.anonymous(), "/me?page=2", token, proof), key.thumbprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop", "DPOP", "dPoP"})
  default void namesHaveAnyCase(String name) {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    HttpResponse<String> response =
        api.anonymous().send("GET", "/me", "Authorization", name + ' ' + token, name, proof);
    assertDpopBound(response, key.thumbprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/me",
        "https://api.example:443/me",
        "HTTPS://API.EXAMPLE/me",
        "https://api.example:0443/me"
      })
  default void aConfiguredBaseCounts_T56(String target) {
    Api api = scene().api("proxies.external-uri", EXTERNAL);
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("GET", target, token).sign();
    assertDpopBound(call(api.anonymous(), "/me", token, proof), key.thumbprint());
    assertInvalidProof(
        api,
        () ->
            call(
                api.anonymous(), "/me", token, key.proof("GET", api.base() + "/me", token).sign()));
  }

  @Test
  default void aReplayIsRefused_T51() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertDpopBound(call(api.anonymous(), "/me", token, proof), key.thumbprint());
    assertInvalidProof(api, () -> call(api.anonymous(), "/me", token, proof));
  }

  @Test
  default void aRefusedRequestLeavesTheProofUnspent_T53() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertInvalidProof(api, () -> call(api.anonymous(), "/other", token, proof));
    assertDpopBound(call(api.anonymous(), "/me", token, proof), key.thumbprint());
  }

  @Test
  default void twoProofsAreRefused_T64() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    String one = key.proof("GET", api.base() + "/me", token).sign();
    String other = key.proof("GET", api.base() + "/me", token).sign();
    assertInvalidProof(api, () -> call(api.anonymous(), "/me", token, one, other));
    assertInvalidProof(api, () -> call(api.anonymous(), "/me", token, one + ", " + other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a jwt", "a.b.c", "eyJ0eXAiOiJkcG9wK2p3dCJ9..", "e30.e30"})
  default void whatIsNoProofIsRefused(String proof) {
    Api api = scene().api();
    String token = token(DpopKey.create());
    assertInvalidProof(api, () -> call(api.anonymous(), "/me", token, proof));
  }

  @Test
  default void noProofIsRefusedUnderEitherScheme() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    assertInvalidProof(api, () -> call(api.anonymous(), "/me", token));
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertInvalidToken(
        api,
        () ->
            api.anonymous().send("GET", "/me", "Authorization", "Bearer " + token, "DPoP", proof));
  }

  @Test
  default void anotherKeyIsRefused() {
    Api api = scene().api();
    String token = token(DpopKey.create());
    String proof = DpopKey.create().proof("GET", api.base() + "/me", token).sign();
    assertInvalidDpopToken(api, () -> call(api.anonymous(), "/me", token, proof));
  }

  @Test
  default void aTokenOfAnotherBindingIsRefusedUnderDpop() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String bound = scene().issuer().jwt(scene().boundClaims());
    String unbound = scene().issuer().jwt(scene().issuer().claims(null));
    for (String token : new String[] {bound, unbound}) {
      String proof = key.proof("GET", api.base() + "/me", token).sign();
      assertInvalidDpopToken(api, () -> call(api.rightful(), "/me", token, proof));
    }
  }

  @Test
  default void aTokenOfTwoBindingsNeedsBoth() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token =
        scene()
            .issuer()
            .jwt(
                scene()
                    .claimsWithCnf(
                        Map.of(
                            "jkt", key.thumbprint(), "x5t#S256", scene().rightful().thumbprint())));
    String proof = key.proof("GET", api.base() + "/me", token).sign();
    assertInvalidDpopToken(api, () -> call(api.thief(), "/me", token, proof));
    assertThat(call(api.rightful(), "/me", token, proof).statusCode()).isEqualTo(200);
  }

  @Test
  default void aProofIsSpentOnceHoweverOftenItIsDispatched_T94() {
    Api api = scene().api();
    DpopKey key = DpopKey.create();
    String token = token(key);
    for (String path : new String[] {"/forward", "/async", "/include"}) {
      String proof = key.proof("GET", api.base() + path, token).sign();
      assertThat(call(api.anonymous(), path, token, proof).statusCode()).as(path).isEqualTo(200);
      assertInvalidProof(api, () -> call(api.anonymous(), path, token, proof));
    }
  }
}
