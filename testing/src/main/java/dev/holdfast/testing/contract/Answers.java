package dev.holdfast.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Map;
import java.util.function.Supplier;

/** What a caller may see: every row of the HTTP table, to the letter. */
final class Answers {
  private static final String NO_CREDENTIALS = "Bearer";
  private static final String INVALID_REQUEST =
      "Bearer error=\"invalid_request\","
          + " error_description=\"exactly one well-formed credential is needed\"";
  private static final String INVALID_TOKEN =
      "Bearer error=\"invalid_token\","
          + " error_description=\"the access token is not valid for this request\"";

  private Answers() {}

  static void assertNoCredentials(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, NO_CREDENTIALS, call);
  }

  static void assertInvalidRequest(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 400, INVALID_REQUEST, call);
  }

  static void assertInvalidToken(Api api, Supplier<HttpResponse<String>> call) {
    assertRefused(api, 401, INVALID_TOKEN, call);
  }

  static void assertUnavailable(Api api, Supplier<HttpResponse<String>> call) {
    int before = api.reached();
    HttpResponse<String> response = call.get();
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d*");
    assertThat(response.headers().allValues("WWW-Authenticate")).isEmpty();
    assertSealed(api, before, response);
  }

  private static void assertRefused(
      Api api, int status, String challenge, Supplier<HttpResponse<String>> call) {
    int before = api.reached();
    HttpResponse<String> response = call.get();
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    assertSealed(api, before, response);
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
