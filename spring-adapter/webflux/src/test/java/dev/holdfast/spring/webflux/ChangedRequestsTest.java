package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.ProxyCases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Requests that something before the chain changes: the wire counts, and so does what it became.
 */
@Tag("verify")
class ChangedRequestsTest {
  private static Fixture fixture;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(Application.class);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /**
   * The filter makes {@code GET /me} of {@code GET /alias}, and {@code POST} of {@code /posted}.
   */
  @ParameterizedTest
  @CsvSource({
    "/alias, rules[0].paths, /me",
    "/alias, rules[0].paths, /alias",
    "/posted, rules[0].http-methods, POST",
    "/posted, rules[0].http-methods, GET"
  })
  void theStricterOfBothDecides(String path, String selector, String selected) {
    Api api = fixture.api("policy", "off", selector, selected, "rules[0].policy", "required");
    assertRefused(api.thief().get(path, fixture.bound()));
    assertRefused(api.rightful().get(path, fixture.unbound()));
    assertThat(api.rightful().get(path, fixture.bound()).statusCode()).isEqualTo(200);
    Api other = fixture.api("policy", "off", "rules[0].paths", "/x", "rules[0].policy", "required");
    assertThat(other.thief().get(path, fixture.bound()).statusCode()).isEqualTo(200);
  }

  /** Spring's transformer believes everybody, and changes what the application sees. */
  @Test
  void aForwardedHostOfAStrangerIsNoTarget() {
    Api api = fixture.api();
    String[] forged = {"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"};
    assertThat(dpop(api, api.base() + "/me", forged)).isEqualTo(200);
    assertThat(dpop(api, "https://evil.example/me", forged)).isEqualTo(401);
  }

  @Test
  void aForwardedAddressMakesNobodyTrusted() {
    Api api = fixture.api(ProxyCases.settings("10.0.0.0/8"));
    String[] fields = {
      "Authorization",
      "Bearer " + fixture.bound(),
      "Client-Cert",
      ProxyCases.clientCert(fixture.contract().rightful()),
      "X-Forwarded-For",
      "10.0.0.1"
    };
    assertRefused(api.anonymous().send("GET", "/me", fields));
  }

  private static int dpop(Api api, String target, String... more) {
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String[] fields = new String[more.length + 4];
    fields[0] = "Authorization";
    fields[1] = "DPoP " + token;
    fields[2] = "DPoP";
    fields[3] = key.proof("GET", target, token).sign();
    System.arraycopy(more, 0, fields, 4, more.length);
    return api.anonymous().send("GET", "/me", fields).statusCode();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Application {
    @Bean
    WebHandler webHandler() {
      return new Fixture.WhoAmI();
    }

    @Bean
    ForwardedHeaderTransformer forwardedHeaderTransformer() {
      return new ForwardedHeaderTransformer();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 1)
    WebFilter changing() {
      return (exchange, chain) -> {
        ServerHttpRequest.Builder request = exchange.getRequest().mutate();
        switch (exchange.getRequest().getPath().value()) {
          case "/alias" -> request.path("/me");
          case "/posted" -> request.method(HttpMethod.POST);
          default -> {}
        }
        return chain.filter(exchange.mutate().request(request.build()).build());
      };
    }

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, HoldfastIssuers issuers) {
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .build();
    }
  }
}
