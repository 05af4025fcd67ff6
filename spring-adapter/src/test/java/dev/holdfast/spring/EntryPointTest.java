package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What an entry point of the application's own may say, and what not. */
@Tag("verify")
class EntryPointTest extends SaidFixture {

  @Test
  void theApplicationsEntryPointWritesTheBodyAndNothingElse_C46() {
    ConfigurableApplicationContext app = app(SaidChains.EntryPoint.class, "test.entry", "problem");
    String expired = with(claims(RIGHTFUL.thumbprint()), "exp", 1);
    HttpResponse<String> theft = call(app, THIEF, "/me", bound());
    assertChallenged(theft, 401);
    assertThat(theft.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(theft.headers().firstValue("X-Problem")).contains("yes");
    assertThat(theft.body())
        .isEqualTo("{\"detail\":\"the access token is not valid for this requestnull\"}");
    // T103: the same words for another cause
    assertThat(call(app, RIGHTFUL, "/me", expired).body()).isEqualTo(theft.body());
    assertThat(call(app, null, "/me", bound()).body()).isEqualTo(theft.body());
    HttpResponse<String> malformed = call(app, RIGHTFUL, "/me", "a b");
    assertChallenged(malformed, 400);
    assertThat(malformed.body()).contains("exactly one well-formed credential is needed");
  }

  @ParameterizedTest
  @CsvSource({
    "writer, Größe",
    "ok, welcome",
    "commits, ''",
    "redirects, ''",
    "forwards, ''",
    "error, ''",
    "throws, ''",
    "fails, ''"
  })
  void noEntryPointWeakensTheAnswer_C46(String kind, String body) {
    ConfigurableApplicationContext app = app(SaidChains.EntryPoint.class, "test.entry", kind);
    HttpResponse<String> response = call(app, THIEF, "/me", bound());
    assertChallenged(response, 401);
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(response.body()).isEqualTo(body);
    assertThat(SEEN).isEmpty();
  }

  /** Some repeat the challenge in the body, or take a part of it. */
  @Test
  void anEntryPointFindsTheChallengesInTheResponse() {
    ConfigurableApplicationContext app = app(SaidChains.EntryPoint.class, "test.entry", "reads");
    HttpResponse<String> response = call(app, THIEF, "/me", bound());
    assertChallenged(response, 401);
    assertThat(response.headers().allValues("WWW-Authenticate")).contains(response.body());
  }

  private static void assertChallenged(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .hasSize(2)
        .noneMatch(challenge -> challenge.startsWith("Basic"));
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
  }
}
