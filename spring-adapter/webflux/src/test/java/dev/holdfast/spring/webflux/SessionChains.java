package dev.holdfast.spring.webflux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Ways of code into the session, for {@link SessionLoginsTest}. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SessionChains {
  private static final String EARLY = "early";

  /** It is registered before Holdfast's filter, and stands as early as an order can say. */
  @Bean
  EarlyFilter early() {
    return new EarlyFilter();
  }

  /** Keeps the exchange as it came there. */
  static final class EarlyFilter implements WebFilter, Ordered {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
      exchange.getAttributes().put(EARLY, exchange);
      return chain.filter(exchange);
    }

    @Override
    public int getOrder() {
      return HIGHEST_PRECEDENCE;
    }
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  ServerWebExchangeContextFilter contexts() {
    return new ServerWebExchangeContextFilter();
  }

  @Bean
  WebHandler webHandler() {
    WebHandler whoAmI = new Fixture.WhoAmI();
    return exchange ->
        switch (exchange.getRequest().getPath().value()) {
          case "/off" -> current().flatMap(login -> store(exchange, login)).then(ok(exchange));
          case "/off/login" -> store(exchange, bob()).then(ok(exchange));
          case "/early" ->
              current()
                  .flatMap(login -> store(exchange.getRequiredAttribute(EARLY), login))
                  .then(ok(exchange));
          case "/context" ->
              current()
                  .flatMap(
                      login ->
                          Mono.deferContextual(
                              context ->
                                  store(
                                      ServerWebExchangeContextFilter.getExchange(context)
                                          .orElseThrow(),
                                      login)))
                  .then(ok(exchange));
          default -> whoAmI.handle(exchange);
        };
  }

  private static Mono<SecurityContext> current() {
    return ReactiveSecurityContextHolder.getContext();
  }

  private static SecurityContext bob() {
    return new SecurityContextImpl(
        new UsernamePasswordAuthenticationToken("bob", "", AuthorityUtils.NO_AUTHORITIES));
  }

  private static Mono<Void> store(ServerWebExchange exchange, SecurityContext login) {
    return new WebSessionServerSecurityContextRepository()
        .save(exchange, login)
        .then(exchange.getSession())
        .doOnNext(session -> session.getAttributes().put("own", "mine"))
        .then();
  }

  private static Mono<Void> ok(ServerWebExchange exchange) {
    return Mono.defer(() -> Fixture.answer(exchange, "stored"));
  }

  @Bean
  @Order(1)
  SecurityWebFilterChain off(ServerHttpSecurity http, HoldfastIssuers issuers) {
    ServerBearerTokenAuthenticationConverter converter =
        new ServerBearerTokenAuthenticationConverter();
    converter.setAllowUriQueryParameter(true);
    return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/off/**"))
        .authorizeExchange(
            exchanges ->
                exchanges.pathMatchers("/off/login").permitAll().anyExchange().authenticated())
        .oauth2ResourceServer(
            server ->
                server
                    .bearerTokenConverter(converter)
                    .authenticationManagerResolver(issuers.resolver()))
        .build();
  }

  @Bean
  @Order(2)
  SecurityWebFilterChain tokens(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
        .build();
  }
}
