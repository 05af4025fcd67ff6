package dev.holdfast.spring.webflux;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** Chains with sessions, CSRF protection and open paths, for {@link RequestsTest}. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class RequestChains {
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
              Fixture.answer(exchange, exchange.getRequest().getHeaders().headerNames().toString());
          case "/block" -> block(seen);
          default -> whoAmI.handle(exchange);
        };
  }

  private static Mono<Void> store(ServerWebExchange exchange) {
    return ReactiveSecurityContextHolder.getContext()
        .flatMap(context -> new WebSessionServerSecurityContextRepository().save(exchange, context))
        .then(exchange.getSession())
        .doOnNext(session -> session.getAttributes().put("own", "mine"))
        .then();
  }

  private static Mono<Void> block(Seen seen) {
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
