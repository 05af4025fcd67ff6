package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertInvalidToken;
import static dev.holdfast.testing.contract.Answers.assertNoCredentials;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dispatches inside the server: T92, T93. */
public interface DispatchCases extends WithFixture {

  private String bound() {
    return fixture().issuer().jwt(fixture().boundClaims());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forward", "/include", "/async"})
  default void aDispatchKeepsTheDecision_T92_T93(String path) {
    Api api = fixture().api();
    assertBound(api.rightful().get(path, bound()), fixture().rightful().thumbprint());
    assertInvalidToken(api, () -> api.thief().get(path, bound()));
    assertNoCredentials(api, () -> api.anonymous().send("GET", path));
  }

  @Test
  default void aForwardFromAnOpenPathIsDecidedThere_T92() {
    Api api = fixture().api();
    assertBound(api.rightful().get("/public/forward", bound()), fixture().rightful().thumbprint());
    assertInvalidToken(api, () -> api.thief().get("/public/forward", bound()));
    assertNoCredentials(api, () -> api.anonymous().send("GET", "/public/forward"));
  }

  @Test
  default void anIncludeIntoAnOpenPathIsDecidedThere_T92() {
    Api api = fixture().api();
    assertThat(api.rightful().get("/public/include", bound()).body()).contains("alice");
    int before = api.reached();
    assertThat(api.thief().get("/public/include", bound()).body()).doesNotContain("alice");
    assertThat(api.anonymous().send("GET", "/public/include").body()).doesNotContain("subject");
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void anErrorPageOfAnAllowedRequestIsShown_T92() {
    HttpResponse<String> response = fixture().api().rightful().get("/error", bound());
    assertThat(response.statusCode()).isEqualTo(418);
    assertThat(response.body()).contains("error page for alice");
  }

  @Test
  default void aRefusedRequestGetsNoErrorPage_T92() {
    Api api = fixture().api();
    assertInvalidToken(api, () -> api.thief().get("/error", bound()));
    assertNoCredentials(api, () -> api.anonymous().send("GET", "/error-page"));
  }

  @Test
  default void aProtectedErrorPageIsNotShownForAnOpenPath_T92() {
    Api api = fixture().api();
    int before = api.reached();
    HttpResponse<String> response = api.anonymous().send("GET", "/public/error");
    assertThat(response.statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(response.body()).doesNotContain("error page for");
    assertThat(api.thief().get("/public/error", bound()).body()).doesNotContain("error page for");
    assertThat(api.reached()).isEqualTo(before);
  }

  @Test
  default void noParameterStandsForAnAttribute_T93() {
    Api api = fixture().api();
    String forged =
        "?dev.holdfast.AccessToken=alice&dev.holdfast.Binding=x"
            + "&jakarta.servlet.request.X509Certificate=x&jakarta.servlet.include.servlet_path=/public";
    assertNoCredentials(api, () -> api.rightful().send("GET", "/me" + forged));
    assertInvalidToken(
        api,
        () ->
            api.anonymous()
                .send(
                    "GET",
                    "/async" + forged,
                    "Authorization",
                    "Bearer " + bound(),
                    "jakarta.servlet.request.X509Certificate",
                    "x"));
  }
}
