package dev.holdfast.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Map;
import java.util.function.Supplier;

/** What a caller may see: every row of the HTTP table, to the letter. */
final class Answers {
  private static final String BEARER = "Bearer";
  private static final String ALGORITHMS = "algs=\"ES256 ES384 EdDSA Ed25519 PS256 RS256\"";
  private static final String DPOP = "DPoP " + ALGORITHMS;
  private static final String INVALID_REQUEST =
      "Bearer error=\"invalid_request\","
          + " error_description=\"exactly one well-formed credential is needed\"";
  private static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\","
          + " error_description=\"the access token is not valid for this request\"";

  private static final String INVALID_DPOP_TOKEN =
      "DPoP error=\"invalid_token\","
          + " error_description=\"the access token is not valid for this request\", "
          + ALGORITHMS;
  private static final String INVALID_PROOF =
      "DPoP error=\"invalid_dpop_proof\","
          + " error_description=\"the DPoP proof is not valid for this request\", "
          + ALGORITHMS;
  private static final String NONCE_NEEDED =
      "DPoP error=\"use_dpop_nonce\","
          + " error_description=\"the DPoP proof needs the nonce given here\", "
          + ALGORITHMS;

  private Answers() {}

  static void assertNoCredentials(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, BEARER, DPOP);
  }

  static void assertInvalidRequest(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 400, call, INVALID_REQUEST, DPOP);
  }

  static void assertInvalidToken(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, INVALID_TOKEN, DPOP);
  }

  /** The same where a DPoP proof would not be looked at, so that none is asked for. */
  static void assertInvalidTokenWhereNoProofIsTaken(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, INVALID_TOKEN);
  }

  static void assertNoCredentialsWhereNoProofIsTaken(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, BEARER);
  }

  /** The same for a token that came under {@code DPoP}. */
  static void assertInvalidDpopToken(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, INVALID_DPOP_TOKEN, BEARER);
  }

  static void assertInvalidProof(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, call, INVALID_PROOF, BEARER);
  }

  /** The nonce that is handed out. */
  static String assertNonceNeeded(Api api, Supplier<HttpResponse<String>> call) {
    HttpResponse<String> response = assertRefused(api, 401, call, NONCE_NEEDED, BEARER);
    assertThat(response.headers().allValues("DPoP-Nonce")).hasSize(1);
    return response.headers().firstValue("DPoP-Nonce").orElseThrow();
  }

  static void assertUnavailable(Api api, Supplier<HttpResponse<String>> call) {
    int before = api.reached();
    HttpResponse<String> response = call.get();
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
    assertThat(response.headers().allValues("WWW-Authenticate")).isEmpty();
    assertSealed(api, before, response);
  }

  /** This status and these challenges to the letter, and nothing reached the application. */
  static HttpResponse<String> assertRefused(
      Api api, int status, Supplier<HttpResponse<String>> call, String... challenges) {
    int before = api.reached();
    HttpResponse<String> response = call.get();
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenges);
    assertSealed(api, before, response);
    return response;
  }

  private static void assertSealed(Api api, int before, HttpResponse<String> response) {
    assertThat(response.body()).isEmpty();
    assertThat(String.join(",", response.headers().allValues("Cache-Control")))
        .contains("no-store");
    assertThat(api.reached()).as("requests that reached a protected endpoint").isEqualTo(before);
  }

  /** 200 and the identity, whose binding was proven by this certificate. */
  static void assertBound(HttpResponse<String> response, String thumbprint) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response.body()))
        .containsEntry("subject", "alice")
        .containsEntry("client", "payments-app")
        .containsEntry("binding", "certificate")
        .containsEntry("thumbprint", thumbprint);
  }

  /** 200 and the identity, whose binding was proven by a DPoP key of this thumbprint. */
  static void assertDpopBound(HttpResponse<String> response, String thumbprint) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response.body()))
        .containsEntry("subject", "alice")
        .containsEntry("binding", "dpop")
        .containsEntry("thumbprint", thumbprint);
  }

  /** 200 and the identity, with no binding that was proven. */
  static void assertBearer(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    Map<String, Object> body = json(response.body());
    assertThat(body).containsEntry("subject", "alice").containsEntry("binding", "none");
    assertThat(body.get("thumbprint")).isNull();
  }

  static Map<String, Object> json(String text) {
    try {
      return JSONObjectUtils.parse(text);
    } catch (ParseException e) {
      throw new AssertionError("not a JSON object: " + text, e);
    }
  }
}
