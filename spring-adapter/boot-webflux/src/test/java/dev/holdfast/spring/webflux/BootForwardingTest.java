package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.ForwardingCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import reactor.core.publisher.Mono;

/** A Boot application, no gateway, with a base path and Spring's reading of forwarded headers. */
@Tag("verify")
class BootForwardingTest {
  private static BootServer server;

  @BeforeAll
  static void start() {
    server =
        BootServer.start(
            Map.of(
                "spring.webflux.base-path", "/app",
                "server.forward-headers-strategy", "framework",
                "holdfast.tokens.issuers[0].issuer", "https://issuer.example",
                "holdfast.tokens.issuers[0].audiences", "https://api.example"),
            Application.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What is closed stays closed, and what is open stays open and is found. */
  @ParameterizedTest
  @CsvSource({
    "/app/pay/x, X-Forwarded-Prefix, /, 401",
    "/app/pay/x, X-Forwarded-Prefix, '', 401",
    "/app/pay/x, X-Forwarded-Prefix, /evil, 401",
    "/app/open/x, X-Forwarded-Prefix, /, 200",
    "/app/open/x, X-Forwarded-Prefix, '/evil,/app', 200",
    "/app//open/x, X-Forwarded-Prefix, /evil, 200",
    "/app/open/x, X-Forwarded-Prefix, /evil?, 400",
    "/app/open/x, X-Forwarded-Host, evil/app/pay/x?, 400",
    "/app/open/x, X-Forwarded-Host, a.example, 200",
    "/app/late/x, X-Late-Host, evil/app/pay/x?, 400",
    "/app/late/x, X-Late-Prefix, /, 400",
    "/app/late/x, X-Late-Host, a.example, 200"
  })
  void whatIsBelowTheBasePathStaysThere(String path, String field, String value, int status)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header(field, value)
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(status);
  }

  @Test
  void whereTheTransformerCannotBeHadTheStartStops() {
    EvidenceSource source = server.context().getBean(EvidenceSource.class);
    HttpHandler hiding = (request, response) -> Mono.empty();
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    assertThat(new ForwardingCheck(source, beans).apply(hiding)).isNotNull();
    beans.addBean("forwardedHeaderTransformer", new ForwardedHeaderTransformer());
    assertThatThrownBy(() -> new ForwardingCheck(source, beans).apply(hiding))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("HttpHandlerDecoratorFactory");
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    HandlerMapping everything() {
      WebHandler served = exchange -> Fixture.answer(exchange, "served");
      return new SimpleUrlHandlerMapping(
          Map.of("/pay/**", served, "/open/**", served, "/late/**", served),
          Ordered.HIGHEST_PRECEDENCE);
    }

    /** Applies what a proxy of its own has written under other names. */
    @Bean
    WebFilter late() {
      ForwardedHeaderTransformer forwarding = new ForwardedHeaderTransformer();
      return (exchange, chain) -> {
        ServerHttpRequest.Builder request = exchange.getRequest().mutate();
        for (String field : new String[] {"Host", "Prefix"}) {
          List<String> late = exchange.getRequest().getHeaders().getOrEmpty("X-Late-" + field);
          if (!late.isEmpty()) {
            request.header("X-Forwarded-" + field, late.get(0));
          }
        }
        return chain.filter(exchange.mutate().request(forwarding.apply(request.build())).build());
      };
    }

    @Bean
    SecurityWebFilterChain chain(ServerHttpSecurity http, HoldfastIssuers issuers) {
      return http.authorizeExchange(
              exchanges ->
                  exchanges.pathMatchers("/pay/**").authenticated().anyExchange().permitAll())
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .build();
    }
  }
}
