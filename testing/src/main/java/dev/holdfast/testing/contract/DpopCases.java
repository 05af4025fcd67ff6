package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertDpopBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidDpopToken;
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
public interface DpopCases extends WithFixture {

  /** The base of the target URIs of a server that says what it is called. */
  String EXTERNAL = "https://api.example";

  private DpopClient client() {
    return DpopClient.of(fixture(), fixture().api());
  }

  @ParameterizedTest
  @EnumSource
  default void theFapiList(DpopCase row) {
    DpopClient client = client();
    String proof = row.proof(client.key(), client.api().base(), client.token());
    if (row.isAccepted()) {
      client.assertServed("/me", proof);
    } else {
      client.assertProofRefused("/me", proof);
    }
  }

  @Test
  default void anOpaqueTokenIsBoundToo() {
    DpopKey key = DpopKey.create();
    String token = fixture().issuer().opaque(fixture().dpopClaims(key));
    DpopClient client = new DpopClient(fixture().api(), key, token);
    client.assertServed("/me", client.proof("/me").sign());
    DpopClient thief = client.thief();
    thief.assertTokenRefused("/me", thief.proof("/me").sign());
  }

  @Test
  default void aQueryOfTheRequestIsNoPartOfTheTarget() {
    DpopClient client = client();
    client.assertServed("/me?page=2", client.proof("/me").sign());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop", "DPOP", "dPoP"})
  default void namesHaveAnyCase(String name) {
    DpopClient client = client();
    String proof = client.proof("/me").sign();
    HttpResponse<String> response =
        client
            .api()
            .anonymous()
            .send("GET", "/me", "Authorization", name + ' ' + client.token(), name, proof);
    assertDpopBound(response, client.key().thumbprint());
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
    DpopClient client =
        DpopClient.of(
            fixture(),
            fixture().api("proxies.external-uri", EXTERNAL, "metadata.enabled", "false"));
    String below = target.replace("/me", client.api().contextPath() + "/me");
    client.assertServed("/me", client.proofOf(below).sign());
    client.assertProofRefused("/me", client.proof("/me").sign());
  }

  @Test
  default void aReplayIsRefused_T51() {
    DpopClient client = client();
    String proof = client.proof("/me").sign();
    client.assertServed("/me", proof);
    client.assertProofRefused("/me", proof);
  }

  @Test
  default void aRefusedRequestLeavesTheProofUnspent_T53() {
    DpopClient client = client();
    String proof = client.proof("/me").sign();
    client.assertProofRefused("/other", proof);
    client.assertServed("/me", proof);
  }

  @Test
  default void twoProofsAreRefused_T64() {
    DpopClient client = client();
    String one = client.proof("/me").sign();
    String other = client.proof("/me").sign();
    client.assertProofRefused("/me", one, other);
    client.assertProofRefused("/me", one + ", " + other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a jwt", "a.b.c", "eyJ0eXAiOiJkcG9wK2p3dCJ9..", "e30.e30"})
  default void whatIsNoProofIsRefused(String proof) {
    client().assertProofRefused("/me", proof);
  }

  @Test
  default void noProofIsRefusedUnderEitherScheme() {
    DpopClient client = client();
    Api api = client.api();
    String token = client.token();
    client.assertProofRefused("/me");
    assertInvalidToken(api, () -> api.anonymous().get("/me", token));
    String proof = client.proof("/me").sign();
    assertInvalidToken(api, () -> api.anonymous().get("/me", token, "DPoP", proof));
  }

  @Test
  default void anotherKeyIsRefused() {
    DpopClient thief = client().thief();
    thief.assertTokenRefused("/me", thief.proof("/me").sign());
  }

  @Test
  default void aTokenOfAnotherBindingIsRefusedUnderDpop() {
    String bound = fixture().issuer().jwt(fixture().boundClaims());
    String unbound = fixture().issuer().jwt(fixture().issuer().claims(null));
    for (String token : new String[] {bound, unbound}) {
      DpopClient client = client().holding(token);
      Api api = client.api();
      String proof = client.proof("/me").sign();
      assertInvalidDpopToken(api, () -> client.get(api.rightful(), "/me", proof));
    }
  }

  @Test
  default void aTokenOfTwoBindingsNeedsBoth() {
    DpopKey key = DpopKey.create();
    Map<String, Object> both =
        fixture()
            .claimsWithCnf(
                Map.of("jkt", key.thumbprint(), "x5t#S256", fixture().rightful().thumbprint()));
    Api api = fixture().api();
    DpopClient client = new DpopClient(api, key, fixture().issuer().jwt(both));
    String proof = client.proof("/me").sign();
    assertInvalidDpopToken(api, () -> client.get(api.thief(), "/me", proof));
    assertThat(client.get(api.rightful(), "/me", proof).statusCode()).isEqualTo(200);
  }

  @Test
  default void aProofIsSpentOnceHoweverOftenItIsDispatched_T94() {
    DpopClient client = client();
    for (String path : new String[] {"/forward", "/async", "/include"}) {
      String proof = client.proof(path).sign();
      assertThat(client.get(path, proof).statusCode()).as(path).isEqualTo(200);
      client.assertProofRefused(path, proof);
    }
  }
}
