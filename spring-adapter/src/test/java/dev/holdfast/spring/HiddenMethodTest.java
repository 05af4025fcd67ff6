package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring's {@code HiddenHttpMethodFilter}, which takes the method out of a parameter (C21). */
@Tag("verify")
class HiddenMethodTest extends ChainsFixture {
  private static final String TARGET = "/accounts?_method=DELETE";

  private static ConfigurableApplicationContext app(String name, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(bootJwt());
    properties.put("spring.mvc.hiddenmethod.filter.enabled", "true");
    properties.putAll(more);
    return app(name, properties, Accounts.class);
  }

  private static HttpResponse<String> post(
      ConfigurableApplicationContext app, String target, String... headers)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Boot.port(app) + target))
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newBuilder()
        .sslContext(PKI.sslContext())
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> proving(ConfigurableApplicationContext app, String method)
      throws IOException, InterruptedException {
    DpopKey key = DpopKey.create();
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", key.thumbprint()));
    String token = issuer.jwt(claims);
    String uri = "https://127.0.0.1:" + Boot.port(app) + "/accounts";
    return post(
        app,
        TARGET,
        "Authorization",
        "DPoP " + token,
        "DPoP",
        key.proof(method, uri, token).sign());
  }

  @Test
  void htmIsTheMethodOfTheWire_C21() throws Exception {
    ConfigurableApplicationContext app = app("hidden", Map.of());
    assertThat(proving(app, "POST").body()).isEqualTo("deleted");
    assertThat(proving(app, "DELETE").statusCode()).isEqualTo(401);
  }

  @Test
  void thePolicyTakesTheStricterOfBothMethods_C21() throws Exception {
    Map<String, String> rules = new HashMap<>();
    rules.put("holdfast.rules[0].http-methods", "POST");
    rules.put("holdfast.rules[0].policy", "when-bound");
    String bearer = "Bearer " + issuer.jwt(issuer.claims(null));
    ConfigurableApplicationContext strictDelete = app("strict-delete", rules);
    assertThat(post(strictDelete, "/accounts", "Authorization", bearer).body())
        .isEqualTo("created");
    assertThat(post(strictDelete, TARGET, "Authorization", bearer).statusCode()).isEqualTo(401);
    rules.put("holdfast.rules[0].http-methods", "DELETE");
    ConfigurableApplicationContext strictPost = app("strict-post", rules);
    assertThat(post(strictPost, TARGET, "Authorization", bearer).statusCode()).isEqualTo(401);
  }

  @Configuration
  static class Accounts {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return http.csrf(AbstractHttpConfigurer::disable)
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
          .build();
    }

    @Bean
    AccountController accounts() {
      return new AccountController();
    }
  }

  @RestController
  static class AccountController {
    @PostMapping("/accounts")
    String create() {
      return "created";
    }

    @DeleteMapping("/accounts")
    String delete() {
      return "deleted";
    }
  }
}
