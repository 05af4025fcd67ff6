package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.contract.Api;
import dev.holdfast.testing.contract.Caller;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** What becomes of sessions, CSRF tokens, preflights and open paths on an enforced chain. */
@Tag("verify")
class RequestsTest {
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

  private static String cookie(HttpResponse<String> response) {
    return response.headers().allValues("Set-Cookie").stream()
        .filter(field -> field.startsWith("SESSION="))
        .map(field -> field.split(";", 2)[0])
        .findFirst()
        .orElse("");
  }

  /** The application stores the security context in the session by itself. */
  @Test
  void noSessionTakesTheLoginOfAToken() {
    Api api = fixture.api();
    HttpResponse<String> stored = api.rightful().get("/store", fixture.bound());
    assertThat(stored.statusCode()).isEqualTo(200);
    assertThat(cookie(stored)).as("the application's own session").isNotEmpty();
    HttpResponse<String> later = api.anonymous().send("GET", "/me", "Cookie", cookie(stored));
    assertThat(later.statusCode()).isEqualTo(401);
    HttpResponse<String> seen = api.anonymous().send("GET", "/open", "Cookie", cookie(stored));
    assertThat(seen.body()).as("what is no login stays").isEqualTo("mine");
  }

  @Test
  void aPolicyThatOnlyReportsLeavesSessionsAlone() {
    Api api = fixture.api("policy", "report-only");
    HttpResponse<String> stored = api.rightful().get("/store", fixture.bound());
    HttpResponse<String> later = api.anonymous().send("GET", "/me", "Cookie", cookie(stored));
    assertThat(later.statusCode()).isEqualTo(200);
  }

  @Test
  void aRequestWithAProofNeedsNoCsrfToken() {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("POST", api.base() + "/me", token).sign();
    HttpResponse<String> served =
        api.anonymous().send("POST", "/me", "Authorization", "DPoP " + token, "DPoP", proof);
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(api.anonymous().send("POST", "/me").statusCode()).as("CSRF").isEqualTo(403);
    assertThat(
            api.rightful()
                .send("POST", "/me", "Authorization", "Bearer " + fixture.bound())
                .statusCode())
        .isEqualTo(200);
  }

  /** Spring Security exempts it for its token. Holdfast takes none from there. */
  @Test
  void aTokenInAnotherPlaceIsNoWayAroundCsrfTokens() {
    Api api = fixture.api();
    for (String token : List.of("junk", fixture.bound())) {
      HttpResponse<String> forged =
          api.rightful().send("POST", "/elsewhere", "Cookie", "token=" + token);
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.body()).isEmpty();
    }
    assertThat(api.anonymous().send("POST", "/elsewhere").statusCode()).isEqualTo(403);
    assertThat(api.anonymous().send("GET", "/elsewhere").body()).isEqualTo("nobody");
    assertThat(api.rightful().get("/elsewhere", fixture.bound()).body())
        .isEqualTo("JwtAuthenticationToken alice");
  }

  @Test
  void aPreflightReachesTheApplicationsCors() {
    Caller browser = fixture.api().anonymous();
    HttpResponse<String> answer =
        browser.send(
            "OPTIONS",
            "/me",
            "Origin",
            "https://app.example",
            "Access-Control-Request-Method",
            "GET");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
  }

  /** A chain without a resource server, and nobody of the chain's sees the header either. */
  @Test
  void aForgedHeaderIsHiddenOnOpenPathsToo() {
    String[] settings = {
      "certificate.source",
      "header",
      "certificate.header.format",
      "rfc9440",
      "proxies.trusted",
      "10.0.0.0/8"
    };
    Api api = fixture.api(settings);
    HttpResponse<String> seen =
        api.anonymous().send("GET", "/headers", "Client-Cert", ":Zm9yZ2Vk:", "X-Mine", "yes");
    assertThat(seen.body()).contains("X-Mine").doesNotContainIgnoringCase("client-cert");
  }

  /** Neither a success handler nor a filter behind sees who is not confirmed. */
  @Test
  void nobodySeesAnUnconfirmedAuthentication() {
    Api api = fixture.api();
    Seen seen = fixture.bean(Seen.class);
    seen.names().clear();
    assertRefused(api.thief().get("/watched", fixture.bound()));
    assertThat(seen.names()).isEmpty();
    assertThat(api.rightful().get("/watched", fixture.bound()).statusCode()).isEqualTo(200);
    assertThat(seen.names()).containsExactly("success alice", "filter alice");
  }

  /** Two filters of one chain take the token: its proof is spent once. */
  @Test
  void aProofIsSpentOnceInAChainWithTwoFilters() {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    String proof = key.proof("GET", api.base() + "/twice", token).sign();
    String[] fields = {"Authorization", "DPoP " + token, "DPoP", proof};
    assertThat(api.anonymous().send("GET", "/twice", fields).statusCode()).isEqualTo(200);
    assertThat(api.anonymous().send("GET", "/twice", fields).statusCode()).isEqualTo(401);
  }

  /** So that the detector is known to look. */
  @Test
  void anApplicationThatBlocksAnEventLoopIsFound() {
    Api api = fixture.api();
    assertThat(api.anonymous().send("GET", "/block").statusCode()).isEqualTo(500);
    assertThat(fixture.bean(Seen.class).names()).contains("blocked");
  }

  /** It looks into a cookie first. */
  private static final class TokenInACookie extends ServerBearerTokenAuthenticationConverter {
    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
      HttpCookie cookie = exchange.getRequest().getCookies().getFirst("token");
      return cookie == null
          ? super.convert(exchange)
          : Mono.just(new BearerTokenAuthenticationToken(cookie.getValue()));
    }
  }

  /** Who was seen, in the order of time. */
  record Seen(List<String> names) {}

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Application {
    /** Open, so that a session's login or none decides. */
    @Bean
    @Order(0)
    SecurityWebFilterChain elsewhere(ServerHttpSecurity http, HoldfastIssuers issuers) {
      return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/elsewhere"))
          .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
          .oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenConverter(new TokenInACookie())
                      .authenticationManagerResolver(issuers.resolver()))
          .build();
    }

    @Bean
    Seen seen() {
      return new Seen(new CopyOnWriteArrayList<>());
    }

    @Bean
    WebHandler webHandler(Seen seen) {
      WebHandler whoAmI = new Fixture.WhoAmI();
      return exchange ->
          switch (exchange.getRequest().getPath().value()) {
            case "/store" -> store(exchange).then(whoAmI.handle(exchange));
            case "/open" ->
                exchange
                    .getSession()
                    .flatMap(session -> Fixture.answer(exchange, session.getAttribute("own")));
            case "/headers" ->
                Fixture.answer(
                    exchange, exchange.getRequest().getHeaders().headerNames().toString());
            case "/block" -> block(exchange, seen);
            default -> whoAmI.handle(exchange);
          };
    }

    private static Mono<Void> store(ServerWebExchange exchange) {
      return ReactiveSecurityContextHolder.getContext()
          .flatMap(
              context -> new WebSessionServerSecurityContextRepository().save(exchange, context))
          .then(exchange.getSession())
          .doOnNext(session -> session.getAttributes().put("own", "mine"))
          .then();
    }

    private static Mono<Void> block(ServerWebExchange exchange, Seen seen) {
      return Mono.fromRunnable(
          () -> {
            try {
              Thread.sleep(1);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            } catch (Error found) {
              seen.names().add("blocked");
              throw found;
            }
          });
    }

    @Bean
    @Order(1)
    SecurityWebFilterChain open(ServerHttpSecurity http) {
      return http.securityMatcher(
              ServerWebExchangeMatchers.pathMatchers("/open", "/headers", "/block"))
          .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
          .build();
    }

    @Bean
    @Order(2)
    SecurityWebFilterChain watched(ServerHttpSecurity http, HoldfastIssuers issuers, Seen seen) {
      AuthenticationWebFilter filter = new AuthenticationWebFilter(issuers.resolver());
      filter.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
      filter.setAuthenticationSuccessHandler(
          (exchange, authentication) -> {
            seen.names().add("success " + authentication.getName());
            return exchange.getChain().filter(exchange.getExchange());
          });
      return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/watched"))
          .addFilterAt(filter, SecurityWebFiltersOrder.AUTHENTICATION)
          .addFilterAfter(
              (exchange, chain) ->
                  ReactiveSecurityContextHolder.getContext()
                      .doOnNext(
                          context ->
                              seen.names().add("filter " + context.getAuthentication().getName()))
                      .then(chain.filter(exchange)),
              SecurityWebFiltersOrder.AUTHENTICATION)
          .build();
    }

    @Bean
    @Order(3)
    SecurityWebFilterChain twice(ServerHttpSecurity http, HoldfastIssuers issuers) {
      AuthenticationWebFilter second = new AuthenticationWebFilter(issuers.resolver());
      second.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
      return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/twice"))
          .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .addFilterAfter(second, SecurityWebFiltersOrder.AUTHENTICATION)
          .build();
    }

    @Bean
    @Order(4)
    SecurityWebFilterChain tokens(ServerHttpSecurity http, HoldfastIssuers issuers) {
      CorsConfiguration cors = new CorsConfiguration();
      cors.setAllowedOrigins(List.of("https://app.example"));
      cors.setAllowedMethods(List.of("GET"));
      return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .cors(spec -> spec.configurationSource(exchange -> cors))
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
          .build();
    }
  }
}
