package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A resource server is enforced, whenever it came to its chain. */
@Tag("whole")
class LateChainsTest extends ChainsFixture {

  @ParameterizedTest
  @ValueSource(
      classes = {
        LateChains.Company.class,
        LateChains.Nested.class,
        LateChains.Two.class,
        LateChains.OwnManager.class
      })
  void aResourceServerIsEnforcedWheneverItCame_C01(Class<?> chain) {
    ConfigurableApplicationContext app = app("late-" + chain.getSimpleName(), bootOpaque(), chain);
    String token = issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()));
    for (HttpResponse<String> refused :
        List.of(call(app, THIEF, "/me", token), call(app, null, "/me", token))) {
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("invalid_token");
    }
    assertThat(SEEN).as("what saw an unconfirmed token").isEmpty();
    HttpResponse<String> rightful = call(app, RIGHTFUL, "/me", token);
    assertThat(rightful.statusCode()).isEqualTo(200);
    assertThat(rightful.body()).startsWith("BearerTokenAuthentication alice");
    assertThat(call(app, RIGHTFUL, "/me", issuer.opaque(issuer.claims(null))).statusCode())
        .isEqualTo(401);
  }

  @Test
  @Tag("security7")
  void aResourceServerThatACustomizerBroughtIsEnforced_C01() {
    aResourceServerIsEnforcedWheneverItCame_C01(LateChains.EarlyCustomizer.class);
  }

  @Test
  void theUserinfoEndpointOfAnAuthorizationServerIsEnforced_C01() {
    ConfigurableApplicationContext app =
        app("late-as", bootJwt(), LateChains.AuthorizationServer.class);
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    HttpResponse<String> refused = call(app, THIEF, "/userinfo", token);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
        .isEqualTo(
            "Bearer error=\"invalid_token\","
                + " error_description=\"the access token is not valid for this request\"");
    assertThat(call(app, RIGHTFUL, "/me", token).statusCode()).isEqualTo(200);
    assertThat(call(app, THIEF, "/me", token).statusCode()).isEqualTo(401);
  }
}
