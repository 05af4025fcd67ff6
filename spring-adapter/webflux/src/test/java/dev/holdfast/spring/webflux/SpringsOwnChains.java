package dev.holdfast.spring.webflux;

import dev.holdfast.testing.TestIssuer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.DelegatingReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2ResourceServerSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerReactiveAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringReactiveOpaqueTokenIntrospector;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** A chain for each way in which Spring Security verifies tokens. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SpringsOwnChains {
  /** The issuer of the fixture. */
  static final AtomicReference<TestIssuer> ISSUER = new AtomicReference<>();

  @Bean
  WebHandler webHandler(ObjectProvider<HoldfastIssuers> issuers) {
    WebHandler whoAmI = new Fixture.WhoAmI();
    return exchange ->
        exchange.getRequest().getPath().value().equals("/again")
            ? again(exchange, issuers.getObject().jwtDecoder(List.of()))
            : whoAmI.handle(exchange);
  }

  /** Asks the decoder for another token that the request has, or for its own. */
  private static Mono<Void> again(ServerWebExchange exchange, ReactiveJwtDecoder decoder) {
    HttpHeaders fields = exchange.getRequest().getHeaders();
    String other = fields.getFirst("Other");
    String token =
        other != null ? other : fields.getFirst("Authorization").substring("Bearer ".length());
    return decoder
        .decode(token)
        .map(Jwt::getSubject)
        .onErrorReturn(JwtException.class, "refused")
        .flatMap(text -> Fixture.answer(exchange, text));
  }

  @Bean
  ReactiveJwtDecoder decoder() throws Exception {
    NimbusReactiveJwtDecoder decoder =
        NimbusReactiveJwtDecoder.withPublicKey(ISSUER.get().rsaKey().toRSAPublicKey()).build();
    decoder.setJwtValidator(
        JwtValidators.createDefaultWithValidators(List.of(new JwtTypeValidator("at+jwt"))));
    return decoder;
  }

  @Bean
  ReactiveOpaqueTokenIntrospector introspector(SSLContext trust) {
    WebClient client =
        WebClient.builder()
            .clientConnector(new ReactorClientHttpConnector(NettyServer.client(trust)))
            .defaultHeaders(
                headers -> headers.setBasicAuth(TestIssuer.CLIENT_ID, TestIssuer.CLIENT_SECRET))
            .build();
    return new SpringReactiveOpaqueTokenIntrospector(ISSUER.get().introspectionUri(), client);
  }

  @Bean
  @Order(1)
  SecurityWebFilterChain jwt(ServerHttpSecurity http, ReactiveJwtDecoder decoder) {
    return chain(http, "/jwt", server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)));
  }

  @Bean
  @Order(2)
  SecurityWebFilterChain supplied(ServerHttpSecurity http, ReactiveJwtDecoder decoder) {
    ReactiveJwtDecoder supplied = new SupplierReactiveJwtDecoder(() -> decoder);
    return chain(http, "/supplied", server -> server.jwt(jwt -> jwt.jwtDecoder(supplied)));
  }

  @Bean
  @Order(3)
  SecurityWebFilterChain byIssuer(ServerHttpSecurity http, ReactiveJwtDecoder decoder) {
    return chain(
        http,
        "/by-issuer",
        server ->
            server.authenticationManagerResolver(
                new JwtIssuerReactiveAuthenticationManagerResolver(
                    issuer -> Mono.just(new JwtReactiveAuthenticationManager(decoder)))));
  }

  @Bean
  @Order(4)
  SecurityWebFilterChain ownManager(ServerHttpSecurity http, ReactiveJwtDecoder decoder) {
    return chain(
        http,
        "/own-manager",
        server ->
            server.authenticationManagerResolver(
                exchange ->
                    Mono.just(
                        token ->
                            decoder
                                .decode(((BearerTokenAuthenticationToken) token).getToken())
                                .map(jwt -> new JwtAuthenticationToken(jwt, List.of()))
                                .cast(Authentication.class)
                                .onErrorMap(
                                    JwtException.class,
                                    e -> new InvalidBearerTokenException("no", e)))));
  }

  @Bean
  @Order(5)
  SecurityWebFilterChain opaque(
      ServerHttpSecurity http, ReactiveOpaqueTokenIntrospector introspector) {
    return chain(
        http, "/opaque", server -> server.opaqueToken(opaque -> opaque.introspector(introspector)));
  }

  @Bean
  @Order(6)
  SecurityWebFilterChain converted(
      ServerHttpSecurity http, ReactiveOpaqueTokenIntrospector introspector) {
    return chain(
        http,
        "/converted",
        server ->
            server.opaqueToken(
                opaque ->
                    opaque
                        .introspector(introspector)
                        .authenticationConverter(
                            (token, principal) ->
                                Mono.just(
                                    new BearerTokenAuthentication(
                                        withoutCnf(principal),
                                        new OAuth2AccessToken(
                                            OAuth2AccessToken.TokenType.BEARER, token, null, null),
                                        principal.getAuthorities())))));
  }

  @Bean
  @Order(7)
  SecurityWebFilterChain ownIntrospector(
      ServerHttpSecurity http, ReactiveOpaqueTokenIntrospector introspector) {
    return chain(
        http,
        "/own-introspector",
        server ->
            server.opaqueToken(
                opaque ->
                    opaque.introspector(
                        token ->
                            introspector.introspect(token).map(SpringsOwnChains::withoutCnf))));
  }

  @Bean
  @Order(8)
  SecurityWebFilterChain inTurn(
      ServerHttpSecurity http,
      ReactiveJwtDecoder decoder,
      ReactiveOpaqueTokenIntrospector introspector) {
    DelegatingReactiveAuthenticationManager both =
        new DelegatingReactiveAuthenticationManager(
            new JwtReactiveAuthenticationManager(decoder),
            new OpaqueTokenReactiveAuthenticationManager(introspector));
    both.setContinueOnError(true);
    return chain(
        http, "/in-turn", server -> server.authenticationManagerResolver(e -> Mono.just(both)));
  }

  @Bean
  @Order(9)
  SecurityWebFilterChain byHoldfastsDecoder(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return chain(
        http,
        "/holdfast-jwt",
        server ->
            server.jwt(
                jwt ->
                    jwt.jwtDecoder(
                        issuers.jwtDecoder(
                            List.of(
                                new JwtClaimValidator<String>(
                                    "sub", subject -> !"mallory".equals(subject)))))));
  }

  @Bean
  @Order(10)
  SecurityWebFilterChain byHoldfastsIntrospector(ServerHttpSecurity http, HoldfastIssuers issuers) {
    return chain(
        http,
        "/holdfast-opaque",
        server -> server.opaqueToken(opaque -> opaque.introspector(issuers.introspector())));
  }

  /** A manager of the application's own around one of Spring Security's with Holdfast's decoder. */
  @Bean
  @Order(11)
  SecurityWebFilterChain aroundHoldfastsDecoder(ServerHttpSecurity http, HoldfastIssuers issuers) {
    JwtReactiveAuthenticationManager inner =
        new JwtReactiveAuthenticationManager(issuers.jwtDecoder(List.of()));
    return chain(
        http,
        "/{path:holdfast-around|again}",
        server ->
            server.authenticationManagerResolver(
                e ->
                    Mono.just(
                        token ->
                            inner.authenticate(token).filter(Authentication::isAuthenticated))));
  }

  private static OAuth2AuthenticatedPrincipal withoutCnf(OAuth2AuthenticatedPrincipal principal) {
    Map<String, Object> attributes = new HashMap<>(principal.getAttributes());
    attributes.remove("cnf");
    return new OAuth2IntrospectionAuthenticatedPrincipal(
        attributes, List.copyOf(principal.getAuthorities()));
  }

  static SecurityWebFilterChain chain(
      ServerHttpSecurity http, String path, Customizer<OAuth2ResourceServerSpec> server) {
    return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(path))
        .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .oauth2ResourceServer(server)
        .build();
  }
}
