package dev.holdfast.spring.webflux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Chains that say where they stand, for {@link StartTest}. */
final class OrderedChains {
  private OrderedChains() {}

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Standing {
    @Bean
    SecurityWebFilterChain everything(ServerHttpSecurity http) {
      return new StartChains.Tokens().tokens(http);
    }

    @Bean
    SecurityWebFilterChain specific(ServerHttpSecurity http) {
      return new StandingChain(new StartChains.Tokens().tokens(http));
    }
  }

  record StandingChain(SecurityWebFilterChain chain) implements SecurityWebFilterChain, Ordered {
    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
      return chain.matches(exchange);
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
      return chain.getWebFilters();
    }

    @Override
    public int getOrder() {
      return -1;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Prior {
    @Bean
    @Order(1)
    SecurityWebFilterChain everything(ServerHttpSecurity http) {
      return new StartChains.Tokens().tokens(http);
    }

    @Bean
    SecurityWebFilterChain prior(ServerHttpSecurity http) {
      return new PriorChain(new StartChains.Tokens().tokens(http));
    }
  }

  record PriorChain(SecurityWebFilterChain chain)
      implements SecurityWebFilterChain, PriorityOrdered {
    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
      return chain.matches(exchange);
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
      return chain.getWebFilters();
    }

    @Override
    public int getOrder() {
      return 100;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Annotated {
    @Bean
    SecurityWebFilterChain everything(ServerHttpSecurity http) {
      return new StartChains.Tokens().tokens(http);
    }

    @Bean
    SecurityWebFilterChain annotated(ServerHttpSecurity http) {
      return new AnnotatedChain(new StartChains.Tokens().tokens(http));
    }
  }

  @Order(-5)
  record AnnotatedChain(SecurityWebFilterChain chain) implements SecurityWebFilterChain {
    @Override
    public Mono<Boolean> matches(ServerWebExchange exchange) {
      return chain.matches(exchange);
    }

    @Override
    public Flux<WebFilter> getWebFilters() {
      return chain.getWebFilters();
    }
  }
}
