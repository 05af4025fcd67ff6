package dev.holdfast.spring.webflux;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.DelegatingServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerHttpBasicAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerWebExchangeDelegatingReactiveAuthenticationManagerResolver;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Chains and filters that may take tokens by parts of the application's. */
final class UnknownParts {
  static final ReactiveJwtDecoder DECODER = token -> Mono.<Jwt>empty();
  private static final ReactiveAuthenticationManager OWN = authentication -> Mono.empty();

  private UnknownParts() {}

  static SecurityWebFilterChain with(ServerHttpSecurity http, WebFilter filter) {
    return http.addFilterAt(filter, SecurityWebFiltersOrder.AUTHENTICATION).build();
  }

  private static ReactiveAuthenticationManager jwts() {
    return new JwtReactiveAuthenticationManager(DECODER);
  }

  private static AuthenticationWebFilter filter(
      ReactiveAuthenticationManager manager, ServerAuthenticationConverter converter) {
    AuthenticationWebFilter filter = new AuthenticationWebFilter(manager);
    filter.setServerAuthenticationConverter(converter);
    return filter;
  }

  static AuthenticationWebFilter bearer() {
    return filter(jwts(), new ServerBearerTokenAuthenticationConverter());
  }

  static SecurityWebFilterChain bearerChain() {
    return ServerHttpSecurity.http()
        .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(DECODER)))
        .build();
  }

  private static Mono<BearerTokenAuthenticationToken> cookie(ServerWebExchange exchange) {
    return Mono.justOrEmpty(exchange.getRequest().getCookies().getFirst("token"))
        .map(cookie -> new BearerTokenAuthenticationToken(cookie.getValue()));
  }

  /** It reads the token, as tutorials do. */
  static class TokenRepository implements ServerSecurityContextRepository {
    @Override
    public Mono<Void> save(ServerWebExchange exchange, SecurityContext context) {
      return Mono.empty();
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
      return cookie(exchange).flatMap(jwts()::authenticate).map(SecurityContextImpl::new);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Repository {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return http.securityContextRepository(new TokenRepository()).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RepositoryBesideTokens {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return http.securityContextRepository(new TokenRepository())
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(DECODER)))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SubclassedRepository {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return http.securityContextRepository(
              new WebSessionServerSecurityContextRepository() {
                @Override
                public Mono<SecurityContext> load(ServerWebExchange exchange) {
                  return new TokenRepository().load(exchange);
                }
              })
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ManagersByRequest {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenConverter(exchange -> cookie(exchange).map(token -> token))
                      .authenticationManagerResolver(
                          ServerWebExchangeDelegatingReactiveAuthenticationManagerResolver.builder()
                              .add(ServerWebExchangeMatchers.pathMatchers("/tenant"), jwts())
                              .build()))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ManagersLater {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenConverter(exchange -> cookie(exchange).map(token -> token))
                      .authenticationManagerResolver(
                          exchange -> Mono.delay(Duration.ofMillis(20)).map(later -> jwts())))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ConverterOfSomeTokens {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("Authorization"))
                      .filter(field -> field.startsWith("Bearer eyJ"))
                      .map(field -> new BearerTokenAuthenticationToken(field.substring(7)))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ConverterOfSomePaths {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      ServerBearerTokenAuthenticationConverter springs =
          new ServerBearerTokenAuthenticationConverter();
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  exchange.getRequest().getPath().value().startsWith("/below")
                      ? springs.convert(exchange)
                      : Mono.empty()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ConverterBehindSprings {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              new DelegatingServerAuthenticationConverter(
                  new ServerHttpBasicAuthenticationConverter(),
                  exchange -> cookie(exchange).map(token -> token))));
    }
  }

  record OwnChain(Flux<WebFilter> filters) implements SecurityWebFilterChain {
    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
      return Mono.just(true);
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
      return filters;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnChainInAProxy {
    @Bean
    WebFilterChainProxy mine() {
      return new WebFilterChainProxy(new OwnChain(Flux.empty()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NewFiltersEachTime {
    @Bean
    SecurityWebFilterChain unseen() {
      return new OwnChain(
          Flux.defer(() -> Flux.just(new WrappedFilters.Wrapping(Optional.empty()))));
    }
  }

  /** It has other filters when it is used. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Changing {
    final List<WebFilter> filters = new CopyOnWriteArrayList<>();

    @Bean
    SecurityWebFilterChain changing() {
      return new OwnChain(Flux.defer(() -> Flux.fromIterable(filters)));
    }
  }
}
