package dev.holdfast.spring.webflux;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.SwitchUserWebFilter;
import reactor.core.publisher.Mono;

/** Chains with filters of all kinds, for {@link StartTest}. */
final class StartChains {
  private static final ReactiveJwtDecoder DECODER = token -> Mono.<Jwt>empty();
  private static final ReactiveAuthenticationManager OWN = authentication -> Mono.empty();

  private StartChains() {}

  private static SecurityWebFilterChain with(
      ServerHttpSecurity http, AuthenticationWebFilter filter) {
    return http.addFilterAt(filter, SecurityWebFiltersOrder.AUTHENTICATION).build();
  }

  private static AuthenticationWebFilter filter(
      ReactiveAuthenticationManager manager, ServerAuthenticationConverter converter) {
    AuthenticationWebFilter filter = new AuthenticationWebFilter(manager);
    filter.setServerAuthenticationConverter(converter);
    return filter;
  }

  private static ReactiveAuthenticationManager jwts() {
    return new JwtReactiveAuthenticationManager(DECODER);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Tokens {
    @Bean
    SecurityWebFilterChain tokens(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(DECODER)))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Passwords {
    @Bean
    SecurityWebFilterChain passwords(ServerHttpSecurity http) {
      return http.httpBasic(Customizer.withDefaults()).formLogin(Customizer.withDefaults()).build();
    }

    @Bean
    MapReactiveUserDetailsService users() {
      return new MapReactiveUserDetailsService(
          User.withUsername("alice").password("{noop}wonderland").roles("USER").build());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ApiKeys {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("X-Api-Key"))
                      .map(BearerTokenAuthenticationToken::new)));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class OwnSubclass {
    @Bean
    SecurityWebFilterChain tokens(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenConverter(new ServerBearerTokenAuthenticationConverter() {})
                      .jwt(jwt -> jwt.jwtDecoder(DECODER)))
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ConverterOfItsOwn {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("Authorization"))
                      .filter(field -> field.startsWith("Bearer "))
                      .map(field -> new BearerTokenAuthenticationToken(field.substring(7)))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class DpopConverter {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("Authorization"))
                      .filter(field -> field.startsWith("DPoP "))
                      .map(field -> new BearerTokenAuthenticationToken(field.substring(5)))));
    }
  }

  /** Its converter answers a trial with a failure. */
  @Configuration(proxyBeanMethods = false)
  static class LateConverter {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              OWN,
              exchange ->
                  exchange
                      .getSession()
                      .map(session -> new BearerTokenAuthenticationToken(session.getId()))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TokensFromACookie {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      return with(
          http,
          filter(
              jwts(),
              exchange ->
                  Mono.justOrEmpty(exchange.getRequest().getCookies().getFirst("token"))
                      .map(cookie -> new BearerTokenAuthenticationToken(cookie.getValue()))));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class SubclassedFilter {
    @Bean
    SecurityWebFilterChain unseen(ServerHttpSecurity http) {
      AuthenticationWebFilter filter = new AuthenticationWebFilter(jwts()) {};
      filter.setServerAuthenticationConverter(new ServerBearerTokenAuthenticationConverter());
      return with(http, filter);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Switching {
    @Bean
    SecurityWebFilterChain tokens(ServerHttpSecurity http) {
      return http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(DECODER)))
          .addFilterAt(
              new SwitchUserWebFilter(name -> Mono.empty(), "/ok", "/no"),
              SecurityWebFiltersOrder.LAST)
          .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ChainInAProxy {
    @Bean
    WebFilterChainProxy mine() {
      SecurityWebFilterChain chain =
          ServerHttpSecurity.http()
              .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(DECODER)))
              .build();
      return new WebFilterChainProxy(List.of(chain));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class FilterBean {
    @Bean
    AuthenticationWebFilter mine() {
      return filter(jwts(), new ServerBearerTokenAuthenticationConverter());
    }
  }
}
