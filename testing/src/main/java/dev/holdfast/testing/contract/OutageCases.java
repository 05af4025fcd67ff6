package dev.holdfast.testing.contract;

import static dev.holdfast.testing.contract.Answers.assertBound;
import static dev.holdfast.testing.contract.Answers.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer that cannot be asked: 503 and nothing else (T74 to T76, T78). */
public interface OutageCases extends WithFixture {

  @Test
  default void keysOutOfReachAre503_T74() {
    Api api = fixture().api("tokens.issuers[0].jwk-set-uri", FaultyIssuer.closedUri());
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertUnavailable(api, () -> api.rightful().get("/me", token));
  }

  @Test
  default void introspectionOutOfReachIs503_T74() {
    Api api = fixture().api("tokens.issuers[1].introspection.uri", FaultyIssuer.closedUri());
    assertUnavailable(api, () -> api.rightful().get("/me", "some-opaque-token"));
    String token = fixture().issuer().jwt(fixture().boundClaims());
    assertBound(api.rightful().get("/me", token), fixture().rightful().thumbprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/silent", "/broken", "/unauthorized", "/garbage"})
  default void introspectionThatFailsIs503_T74_T75_T78(String path) {
    Api api =
        fixture()
            .api(
                "tokens.issuers[1].introspection.uri",
                fixture().faulty().uri(path),
                "tokens.issuers[1].introspection.timeout",
                "400ms");
    assertUnavailable(api, () -> api.rightful().get("/me", "some-opaque-token"));
    assertUnavailable(api, () -> api.rightful().get("/me", "some-opaque-token"));
  }

  @Test
  default void aRedirectIsNotFollowed_T76() {
    Api api =
        fixture().api("tokens.issuers[1].introspection.uri", fixture().faulty().uri("/redirect"));
    int followed = fixture().faulty().followed();
    assertUnavailable(api, () -> api.rightful().get("/me", "some-opaque-token"));
    assertThat(fixture().faulty().followed()).isEqualTo(followed);
  }
}
