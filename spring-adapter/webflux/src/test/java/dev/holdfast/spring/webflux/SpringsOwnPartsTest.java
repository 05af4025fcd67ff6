package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertEnforced;
import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.contract.Api;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.DelegatingReactiveAuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2ResourceServerSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
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
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;

/** Chains whose tokens Spring Security verifies, by a decoder or by introspection. */
@Tag("verify")
class SpringsOwnPartsTest {
  private static final String JWT = "JwtAuthenticationToken alice";
  private static final String OPAQUE = "BearerTokenAuthentication alice";

  /** The issuer of the fixture, for the configuration below. */
  private static final AtomicReference<TestIssuer> ISSUER = new AtomicReference<>();

  private static Fixture fixture;

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(Application.class);
    ISSUER.set(fixture.contract().issuer());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwt", "/supplied", "/by-issuer", "/in-turn", "/own-manager"})
  void aBoundJwtPassesWithItsCertificateOnly(String path) {
    Api api = fixture.api();
    if (path.equals("/own-manager")) { // its decoder is nobody's business, and refuses all of them
      assertRefused(api.rightful().get(path, fixture.bound()));
      assertRefused(api.thief().get(path, fixture.bound()));
    } else {
      assertEnforced(api, path, fixture.bound(), JWT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwt", "/supplied", "/by-issuer", "/in-turn", "/own-manager"})
  void anUnboundJwtPassesWhereThePolicyTakesIt(String path) {
    assertRefused(fixture.api().rightful().get(path, fixture.unbound()));
    HttpResponse<String> served =
        fixture.api("policy", "when-bound").anonymous().get(path, fixture.unbound());
    assertThat(served.body()).isEqualTo(JWT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jwt", "/own-manager"})
  void aDpopBoundJwtPassesWithItsProofOnly(String path) {
    Api api = fixture.api();
    DpopKey key = DpopKey.create();
    String token = fixture.contract().issuer().jwt(fixture.contract().dpopClaims(key));
    assertThat(dpop(api, path, token, key).body()).isEqualTo(JWT);
    assertThat(dpop(api, path, token, DpopKey.create()).statusCode()).isEqualTo(401);
    assertThat(api.rightful().get(path, token).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> dpop(Api api, String path, String token, DpopKey key) {
    String proof = key.proof("GET", api.base() + path, token).sign();
    return api.anonymous().send("GET", path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  void aBoundOpaqueTokenPassesWithItsCertificateOnly() {
    assertEnforced(fixture.api(), "/opaque", fixture.boundOpaque(), OPAQUE);
  }

  @Test
  void anUnboundOpaqueTokenPassesWhereThePolicyTakesIt() {
    assertRefused(fixture.api().rightful().get("/opaque", fixture.unboundOpaque()));
    HttpResponse<String> served =
        fixture.api("policy", "when-bound").anonymous().get("/opaque", fixture.unboundOpaque());
    assertThat(served.body()).isEqualTo(OPAQUE);
  }

  @Test
  void oneManagerAfterTheOtherIsAsked() {
    assertEnforced(fixture.api(), "/in-turn", fixture.boundOpaque(), OPAQUE);
  }

  /** The converter of the chain sees the issuer's answer after Holdfast. */
  @Test
  void aConverterThatLeavesTheConfirmationOutHidesNothing() {
    Api api = fixture.api("policy", "when-bound");
    assertEnforced(api, "/converted", fixture.boundOpaque(), OPAQUE);
    assertThat(api.anonymous().get("/converted", fixture.unboundOpaque()).body()).isEqualTo(OPAQUE);
  }

  /** An introspector of the application's own may have left the confirmation out. */
  @Test
  void attributesThatAreNotTheIssuersOwnProveNothing() {
    Api api = fixture.api("policy", "when-bound");
    assertRefused(api.thief().get("/own-introspector", fixture.boundOpaque()));
    assertRefused(api.rightful().get("/own-introspector", fixture.unboundOpaque()));
  }

  @Test
  void whereThePolicyIsOffSpringDecidesAlone() {
    Api api = fixture.api("policy", "off");
    assertThat(api.anonymous().get("/opaque", fixture.boundOpaque()).body()).isEqualTo(OPAQUE);
    assertThat(api.anonymous().get("/jwt", fixture.unbound()).body()).isEqualTo(JWT);
    assertRefusedBySpring(api.rightful().get("/jwt", fixture.bound()));
  }

  /** Spring Security finds no certificate on a reactive chain, so that it refuses the token. */
  private static void assertRefusedBySpring(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void theApplicationsDecoderStaysAsItIs() {
    fixture.api();
    assertEnforced(fixture.api(), "/jwt", fixture.bound(), JWT);
    ReactiveJwtDecoder decoder = fixture.bean(ReactiveJwtDecoder.class);
    assertThat(decoder.decode(fixture.bound()).onErrorComplete().blockOptional()).isEmpty();
    assertThat(decoder.decode(fixture.unbound()).blockOptional()).isPresent();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Application {
    @Bean
    WebHandler webHandler() {
      return new Fixture.WhoAmI();
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
          http,
          "/opaque",
          server -> server.opaqueToken(opaque -> opaque.introspector(introspector)));
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
                                              OAuth2AccessToken.TokenType.BEARER,
                                              token,
                                              null,
                                              null),
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
                          token -> introspector.introspect(token).map(Application::withoutCnf))));
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

    private static OAuth2AuthenticatedPrincipal withoutCnf(OAuth2AuthenticatedPrincipal principal) {
      Map<String, Object> attributes = new HashMap<>(principal.getAttributes());
      attributes.remove("cnf");
      return new OAuth2IntrospectionAuthenticatedPrincipal(
          attributes, List.copyOf(principal.getAuthorities()));
    }

    private static SecurityWebFilterChain chain(
        ServerHttpSecurity http, String path, Customizer<OAuth2ResourceServerSpec> server) {
      return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(path))
          .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
          .oauth2ResourceServer(server)
          .build();
    }
  }
}
