package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.testing.DpopKey;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Spring Boot 4 has no Undertow, and 3.5 has. */
@Tag("verify")
class UndertowTest extends ChainsFixture {
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(bootJwt());
    settings.put(Boot.SERVER, "undertow");
    return settings;
  }

  @Test
  void aStolenTokenIsRefused() {
    ConfigurableApplicationContext app = app("undertow", settings());
    assertThat(BootParts.serverOf(app)).startsWith("Undertow");
    String token = issuer.jwt(issuer.claims(RIGHTFUL.thumbprint()));
    assertThat(call(app, THIEF, "/me", token).statusCode()).isEqualTo(401);
    assertThat(call(app, null, "/me", token).statusCode()).isEqualTo(401);
    assertThat(SEEN).isEmpty();
    HttpResponse<String> rightful = call(app, RIGHTFUL, "/me", token);
    assertThat(rightful.statusCode()).isEqualTo(200);
    assertThat(rightful.body()).contains("alice");
  }

  @Test
  void aProofIsTakenOnce() {
    ConfigurableApplicationContext app = app("undertow", settings());
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    String token = issuer.jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/me";
    String[] fields = {
      "Authorization", "DPoP " + token, "DPoP", key.proof("GET", uri, token).sign()
    };
    assertThat(send(app, null, "/me", fields).statusCode()).isEqualTo(200);
    assertThat(send(app, null, "/me", fields).statusCode()).isEqualTo(401);
  }

  @Test
  void tokenBindingOfItsTlsStopsTheStart() {
    Map<String, String> settings = settings();
    settings.put("holdfast.token-binding.source", "tls");
    assertThatThrownBy(() -> app("undertow-token-binding", settings))
        .rootCause()
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("holdfast.token-binding.source")
        .hasMessageContaining("the server is Undertow")
        .hasMessageContaining("spring-boot-starter-tomcat");
  }
}
