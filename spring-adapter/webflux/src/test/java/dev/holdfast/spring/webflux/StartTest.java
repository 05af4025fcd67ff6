package dev.holdfast.spring.webflux;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
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
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What starts, and what stops the start. No server is needed to see it. */
@Tag("verify")
class StartTest {
  private static final ReactiveJwtDecoder DECODER = token -> Mono.<Jwt>empty();
  private static final ReactiveAuthenticationManager OWN = authentication -> Mono.empty();

  private static AnnotationConfigApplicationContext start(Class<?>... configurations) {
    return start(Map.of(), configurations);
  }

  private static AnnotationConfigApplicationContext start(
      Map<String, String> settings, Class<?>... configurations) {
    HoldfastSettings read = SettingsReader.read(new HashMap<>(settings));
    return NettyServer.context(read, configurations);
  }

  private static boolean isEnforced(AnnotationConfigApplicationContext context, String chain) {
    return context
        .getBean(chain, SecurityWebFilterChain.class)
        .getWebFilters()
        .any(filter -> filter instanceof EnforcedTokenFilter)
        .block();
  }

  @Test
  void chainsWithAResourceServerAreEnforcedAndOthersAreLeftAlone() {
    try (AnnotationConfigApplicationContext context =
        start(Tokens.class, Passwords.class, ApiKeys.class)) {
      assertThat(isEnforced(context, "tokens")).isTrue();
      assertThat(isEnforced(context, "passwords")).isFalse();
      assertThat(isEnforced(context, "apiKeys")).isFalse();
    }
  }

  @Test
  void aSubclassOfSpringsConverterIsEnforced() {
    try (AnnotationConfigApplicationContext context = start(OwnSubclass.class)) {
      assertThat(isEnforced(context, "tokens")).isTrue();
    }
  }

  @Test
  void aChainThatSaysWhereItStandsKeepsItsPlace() {
    try (AnnotationConfigApplicationContext context = start(Standing.class)) {
      assertThat(isEnforced(context, "specific")).isTrue();
      SecurityWebFilterChain specific = context.getBean("specific", SecurityWebFilterChain.class);
      assertThat(context.getBeanProvider(SecurityWebFilterChain.class).orderedStream().findFirst())
          .contains(specific);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        ConverterOfItsOwn.class,
        TokensFromACookie.class,
        SubclassedFilter.class,
        DpopConverter.class,
        LateConverter.class
      })
  void aFilterThatCannotBeSeenThroughStopsTheStart(Class<?> chain) {
    assertThatThrownBy(() -> start(Tokens.class, chain))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean unseen ")
        .hasMessageContaining("ServerBearerTokenAuthenticationConverter");
  }

  @Test
  void aSwitchOfUsersBesideTokensStopsTheStart() {
    assertThatThrownBy(() -> start(Switching.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("bean tokens ")
        .hasMessageContaining("SwitchUserWebFilter");
  }

  @Test
  void aChainThatIsNoBeanStopsTheStart() {
    assertThatThrownBy(() -> start(Tokens.class, ChainInAProxy.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("A SecurityWebFilterChain that is no bean")
        .hasMessageContaining("as a bean of the type SecurityWebFilterChain");
  }

  @Test
  void aFilterBesideTheChainsStopsTheStart() {
    assertThatThrownBy(() -> start(Tokens.class, FilterBean.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("A WebFilter bean outside of the SecurityWebFilterChains");
  }

  @Test
  void nothingToEnforceStopsTheStart() {
    assertThatThrownBy(() -> start(Passwords.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .hasMessageContaining("nothing to enforce")
        .hasMessageContaining("oauth2ResourceServer");
  }

  @ParameterizedTest
  @CsvSource({
    "holdfast.token-binding.source, tls, holdfast.token-binding.source",
    "holdfast.cors.allowed-origins, https://app.example, holdfast.cors",
    "holdfast.roles-from, scope, holdfast.roles-from"
  })
  void aSettingWithoutEffectHereStopsTheStart(String name, String value, String named) {
    assertThatThrownBy(() -> start(Map.of(name, value), Tokens.class))
        .extracting(
            NestedExceptionUtils::getMostSpecificCause, as(InstanceOfAssertFactories.THROWABLE))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            invalid -> {
              assertThat(invalid.setting()).isEqualTo(named);
              assertThat(invalid.action()).isNotBlank();
            });
  }

  /** They are Boot's on servlets; whatever reads the settings for WebFlux does not know them. */
  @ParameterizedTest
  @ValueSource(strings = {"holdfast.cookies.names", "holdfast.tokens.chains-of-others"})
  void aSettingOfTheServletStarterStopsTheStart(String name) {
    assertThatThrownBy(() -> start(Map.of(name, "x"), Tokens.class))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(name);
  }

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
  @EnableWebFluxSecurity
  static class Standing {
    @Bean
    SecurityWebFilterChain everything(ServerHttpSecurity http) {
      return new Tokens().tokens(http);
    }

    @Bean
    SecurityWebFilterChain specific(ServerHttpSecurity http) {
      return new StandingChain(new Tokens().tokens(http));
    }
  }

  private record StandingChain(SecurityWebFilterChain chain)
      implements SecurityWebFilterChain, Ordered {
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
  static class ApiKeys {
    @Bean
    SecurityWebFilterChain apiKeys(ServerHttpSecurity http) {
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
