package dev.holdfast.spring.webflux;

import dev.holdfast.AccessToken;
import dev.holdfast.spring.webflux.evidence.ReadableTarget;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** Exchanges that come back to the chains, for {@link SecondPassTest}. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class PassChains {
  /** What it asks for is not there: the filter sends the request on. */
  private static final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** {@code /to/x} goes on to {@code /x}, and says there who came. */
  @Bean
  WebHandler webHandler(ApplicationContext application) {
    Set<String> tried = ConcurrentHashMap.newKeySet();
    return exchange -> {
      String path = exchange.getRequest().getPath().value();
      if (path.equals("/retry") && tried.add(exchange.getRequest().getId())) {
        return Mono.error(new IllegalStateException("the first time"));
      }
      if (path.equals("/inner")) {
        HttpHandler whole = WebHttpHandlerBuilder.applicationContext(application).build();
        return ((HttpWebHandlerAdapter) ((ReadableTarget) whole).next())
            .handle(exchange.mutate().request(request -> request.path("/strict")).build());
      }
      return path.startsWith("/to/") ? Mono.error(new NotFound()) : whoCame(exchange);
    };
  }

  private static Mono<Void> whoCame(ServerWebExchange exchange) {
    AccessToken allowed = exchange.getAttribute(HoldfastAttributes.ACCESS_TOKEN);
    return ReactiveSecurityContextHolder.getContext()
        .map(context -> context.getAuthentication().getName())
        .defaultIfEmpty("nobody")
        .flatMap(
            name ->
                Fixture.answer(
                    exchange, name + (allowed == null ? " without" : " with") + " a token"));
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 5)
  WebFilter again() {
    return (exchange, chain) ->
        chain
            .filter(exchange)
            .retry(exchange.getRequest().getPath().value().equals("/retry") ? 1 : 0)
            .onErrorResume(
                NotFound.class,
                failed -> chain.filter(exchange.mutate().request(other(exchange)).build()));
  }

  /** With another token, if the client names one. */
  private static ServerHttpRequest other(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    String token = request.getHeaders().getFirst("X-Then");
    return request
        .mutate()
        .path(request.getPath().value().substring("/to".length()))
        .headers(
            fields -> {
              if ("none".equals(token)) {
                fields.remove("Authorization");
              } else if (token != null) {
                fields.set("Authorization", "Bearer " + token);
              }
            })
        .build();
  }

  @Bean
  @Order(1)
  SecurityWebFilterChain other(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return chain(http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/other")), issuers);
  }

  /** One of the two tenants has another manager. */
  @Bean
  @Order(2)
  SecurityWebFilterChain tenants(ServerHttpSecurity http, HoldfastIssuers issuers) {
    ReactiveAuthenticationManager nobody =
        token -> Mono.error(new BadCredentialsException("not of this tenant"));
    return http.securityMatcher(
            ServerWebExchangeMatchers.pathMatchers("/to/tenant/**", "/tenant/**"))
        .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .oauth2ResourceServer(
            server ->
                server.authenticationManagerResolver(
                    exchange ->
                        exchange.getRequest().getPath().value().equals("/tenant/two")
                            ? Mono.just(nobody)
                            : issuers.resolver().resolve(exchange)))
        .build();
  }

  @Bean
  @Order(3)
  SecurityWebFilterChain tokens(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return chain(http, issuers);
  }

  private static SecurityWebFilterChain chain(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return http.authorizeExchange(
            exchanges -> exchanges.pathMatchers("/open").permitAll().anyExchange().authenticated())
        .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
        .build();
  }
}
