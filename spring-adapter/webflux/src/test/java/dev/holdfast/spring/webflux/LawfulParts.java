package dev.holdfast.spring.webflux;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UserDetailsRepositoryReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.ott.reactive.InMemoryReactiveOneTimeTokenService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.DelegatingServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerFormLoginAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerHttpBasicAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Chains and filters that take no access tokens, and start. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class LawfulParts {
  private static AuthenticationWebFilter filter(ServerAuthenticationConverter converter) {
    AuthenticationWebFilter filter =
        new AuthenticationWebFilter((ReactiveAuthenticationManager) user -> Mono.empty());
    filter.setServerAuthenticationConverter(converter);
    return filter;
  }

  private static Mono<Authentication> key(ServerWebExchange exchange) {
    return Mono.justOrEmpty(exchange.getRequest().getHeaders().getFirst("X-Api-Key"))
        .map(key -> new UsernamePasswordAuthenticationToken("key", key));
  }

  @TakesNoAccessTokens
  static class ApiKeys implements ServerAuthenticationConverter {
    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
      return key(exchange);
    }
  }

  @TakesNoAccessTokens
  static class OwnSessions extends WebSessionServerSecurityContextRepository {}

  @TakesNoAccessTokens
  record Tenants(ReactiveJwtDecoder decoder) implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
      return chain.filter(exchange);
    }
  }

  /** API keys, sessions of the application's and a filter with a decoder, beside tokens. */
  @Bean
  SecurityWebFilterChain vouched(ServerHttpSecurity http) {
    return UnknownParts.with(
        http.securityContextRepository(new OwnSessions())
            .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)))
            .addFilterAt(new Tenants(UnknownParts.DECODER), SecurityWebFiltersOrder.FIRST),
        filter(new ApiKeys()));
  }

  @Bean
  SecurityWebFilterChain withoutSessions(ServerHttpSecurity http) {
    return http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .build();
  }

  /** An aspect stands before Spring Security's repository. */
  @Bean
  SecurityWebFilterChain observed(ServerHttpSecurity http) {
    ServerSecurityContextRepository repository = new WebSessionServerSecurityContextRepository();
    return http.securityContextRepository(
            (ServerSecurityContextRepository) new ProxyFactory(repository).getProxy())
        .httpBasic(Customizer.withDefaults())
        .formLogin(Customizer.withDefaults())
        .build();
  }

  @Bean
  SecurityWebFilterChain twoCredentials(ServerHttpSecurity http) {
    return UnknownParts.with(
        http,
        filter(
            new DelegatingServerAuthenticationConverter(
                new ServerHttpBasicAuthenticationConverter(),
                new ServerFormLoginAuthenticationConverter())));
  }

  private final ReactiveJwtDecoder decoder = UnknownParts.DECODER;
  private final String region = "eu";

  /** The lambda has the configuration class for one of its fields. */
  @Bean
  WebFilter regions() {
    return (exchange, chain) -> {
      exchange.getAttributes().put("region", region);
      return chain.filter(exchange);
    };
  }

  /** Logins by certificates, by a mailed token and at another server. */
  @Bean
  SecurityWebFilterChain logins(ServerHttpSecurity http) {
    ClientRegistration other =
        ClientRegistration.withRegistrationId("other")
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .clientId("here")
            .redirectUri("{baseUrl}/login/oauth2/code/other")
            .authorizationUri("https://other.example/authorize")
            .tokenUri("https://other.example/token")
            .build();
    return http.x509(x509 -> x509.authenticationManager(user -> Mono.empty()))
        .oauth2Login(
            login ->
                login.clientRegistrationRepository(
                    new InMemoryReactiveClientRegistrationRepository(other)))
        .oneTimeTokenLogin(
            login ->
                login
                    .tokenService(new InMemoryReactiveOneTimeTokenService())
                    .authenticationManager(user -> Mono.empty())
                    .tokenGenerationSuccessHandler((exchange, token) -> Mono.empty()))
        .build();
  }

  /** A login in JSON: its manager compares passwords. */
  @Bean
  SecurityWebFilterChain json(ServerHttpSecurity http, MapReactiveUserDetailsService users) {
    AuthenticationWebFilter filter =
        new AuthenticationWebFilter(new UserDetailsRepositoryReactiveAuthenticationManager(users));
    filter.setServerAuthenticationConverter(LawfulParts::key);
    return UnknownParts.with(http, filter);
  }

  /** It leads to a chain, and Holdfast enforces that one. */
  @Bean
  WebFilter beside(SecurityWebFilterChain vouched) {
    return WrappedFilters.Wrapping.of(vouched);
  }

  @Bean
  MapReactiveUserDetailsService users() {
    return new MapReactiveUserDetailsService(
        User.withUsername("alice").password("{noop}wonderland").roles("USER").build());
  }
}
