package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.Api;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What code stores in the session of a request with a token is no login on another path. */
@Tag("verify")
class SessionLoginsTest {
  private static Fixture fixture;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(SessionChains.class);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Api api() {
    return fixture.api(
        "policy", "when-bound", "rules[0].paths", "/off/**", "rules[0].policy", "off");
  }

  private static HttpResponse<String> later(Api api, HttpResponse<String> stored) {
    assertThat(stored.body()).isEqualTo("stored");
    String cookie = stored.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    return api.anonymous().send("GET", "/me", "Cookie", cookie);
  }

  /** The rule lets the stolen token pass, and the session is good for every path. */
  @Test
  void aTokenInTheQueryWhereTheRuleIsOffIsNoLoginElsewhere() {
    Api api = api();
    HttpResponse<String> stored =
        api.anonymous().send("GET", "/off?access_token=" + fixture.bound());
    assertThat(later(api, stored).statusCode()).isEqualTo(401);
    assertThat(later(api, api.anonymous().get("/off", fixture.bound())).statusCode())
        .as("in Authorization")
        .isEqualTo(401);
  }

  @Test
  void aLoginWithoutATokenStaysWhereTheRuleIsOff() {
    Api api = api();
    assertThat(later(api, api.anonymous().send("GET", "/off/login")).body())
        .isEqualTo("UsernamePasswordAuthenticationToken bob");
  }

  /** Filters before Spring Security have handed the exchange on before the token was looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"/context", "/early"})
  void anExchangeFromAFilterBeforeTheChainTakesNoLogin(String path) {
    Api api = api();
    HttpResponse<String> stored = api.rightful().get(path, fixture.bound());
    assertThat(later(api, stored).statusCode()).isEqualTo(401);
  }
}
