package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An exchange comes back to a chain: what was decided holds where no more is demanded. */
@Tag("verify")
class SecondPassTest {
  private static final String ALICE = "alice with a token";

  private static Fixture fixture;
  private static Api api;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(PassChains.class);
    api =
        fixture.api(
            "policy", "when-bound",
            "rules[0].paths", "/strict",
            "rules[0].policy", "required",
            "rules[1].paths", "/scoped",
            "rules[1].scopes", "transfer");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static HttpResponse<String> dpop(String path) {
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("GET", api.base() + path, token).sign();
    return api.anonymous().send("GET", path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  /** A filter tries again, or sends the request on as single-page applications do. */
  @ParameterizedTest
  @ValueSource(strings = {"/retry", "/to/index"})
  void aSecondPassThatDemandsNoMoreIsServed(String path) {
    assertThat(api.rightful().get(path, fixture.bound()).body()).isEqualTo(ALICE);
    assertThat(api.anonymous().get(path, fixture.unbound()).body()).isEqualTo(ALICE);
    assertThat(dpop(path).body()).as("its proof is spent once").isEqualTo(ALICE);
    assertRefused(api.thief().get(path, fixture.bound()));
  }

  /** By a filter in front of the chain, or within the request that was allowed. */
  @ParameterizedTest
  @ValueSource(strings = {"/to/strict", "/inner"})
  void aPathThatDemandsMoreIsDecidedAnew(String path) {
    assertRefused(api.anonymous().get(path, fixture.unbound()));
    assertThat(api.rightful().get(path, fixture.bound()).body()).isEqualTo(ALICE);
    assertThat(dpop(path).statusCode()).as("its proof is spent").isEqualTo(401);
  }

  @Test
  void aPathThatDemandsAScopeIsDecidedAnew() {
    assertThat(api.rightful().get("/to/scoped", fixture.bound()).statusCode()).isEqualTo(403);
    Map<String, Object> claims = fixture.contract().boundClaims();
    claims.put("scope", "transfer");
    String wide = fixture.contract().issuer().jwt(claims);
    assertThat(api.rightful().get("/to/scoped", wide).body()).isEqualTo(ALICE);
  }

  @Test
  void anotherTokenIsDecidedAnew() {
    String unbound = "Bearer " + fixture.unbound();
    String[] fields = {"Authorization", unbound, "X-Then", fixture.bound()};
    assertRefused(api.thief().send("GET", "/to/index", fields));
    assertThat(api.rightful().send("GET", "/to/index", fields).body()).isEqualTo(ALICE);
  }

  @Test
  void anotherChainDecidesAnew() {
    assertThat(api.rightful().get("/to/other", fixture.bound()).body()).isEqualTo(ALICE);
    assertThat(dpop("/to/other").statusCode()).as("its proof is spent").isEqualTo(401);
  }

  @Test
  void anotherManagerDecidesAnew() {
    assertThat(api.rightful().get("/to/tenant/one", fixture.bound()).body()).isEqualTo(ALICE);
    assertRefused(api.rightful().get("/to/tenant/two", fixture.bound()));
  }

  @Test
  void nothingIsSaidOfATokenThatIsThereNoMore() {
    String[] fields = {"Authorization", "Bearer " + fixture.bound(), "X-Then", "none"};
    assertThat(api.rightful().send("GET", "/to/open", fields).body())
        .isEqualTo("nobody without a token");
  }
}
