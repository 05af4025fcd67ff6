package dev.holdfast.spring.webflux;

import static dev.holdfast.spring.webflux.Fixture.assertEnforced;
import static dev.holdfast.spring.webflux.Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.contract.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.server.WebHandler;

/** What a decoder of Spring Security's checks beside the certificate counts. */
@Tag("verify")
class SpringsDecodersTest {
  private static final String JWT = "JwtAuthenticationToken alice";

  private static Fixture fixture;

  @Configuration(proxyBeanMethods = false)
  @EnableWebFluxSecurity
  static class Chains {
    @Bean
    WebHandler webHandler() {
      return new Fixture.WhoAmI();
    }

    @Bean
    NimbusReactiveJwtDecoder decoder() throws Exception {
      NimbusReactiveJwtDecoder decoder = byKey();
      decoder.setJwtValidator(defaults());
      return decoder;
    }

    /** Ends at the first error, as people write it: Spring Security's checks come first. */
    @Bean
    @Order(1)
    SecurityWebFilterChain hasty(ServerHttpSecurity http) throws Exception {
      OAuth2TokenValidator<Jwt> defaults = defaults();
      OAuth2TokenValidator<Jwt> audience =
          new JwtClaimValidator<List<String>>(
              "aud", aud -> aud != null && !aud.contains("https://other.test"));
      NimbusReactiveJwtDecoder decoder = byKey();
      decoder.setJwtValidator(
          jwt -> {
            OAuth2TokenValidatorResult first = defaults.validate(jwt);
            return first.hasErrors() ? first : audience.validate(jwt);
          });
      return SpringsOwnChains.chain(
          http, "/hasty", server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)));
    }

    /** A check of the application's own sees the confirmation as it is. */
    @Bean
    @Order(2)
    SecurityWebFilterChain curious(ServerHttpSecurity http) throws Exception {
      NimbusReactiveJwtDecoder decoder = byKey();
      decoder.setJwtValidator(
          JwtValidators.createDefaultWithValidators(
              List.of(
                  new JwtTypeValidator("at+jwt"),
                  new JwtClaimValidator<Map<String, Object>>(
                      "cnf",
                      cnf ->
                          cnf.containsKey("x5t#S256")
                              && cnf.get("x5t#S256") != null
                              && cnf.keySet().equals(Map.of("x5t#S256", "").keySet())))));
      return SpringsOwnChains.chain(
          http, "/curious", server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)));
    }

    @Bean
    @Order(3)
    SecurityWebFilterChain byAddress(ServerHttpSecurity http) {
      NimbusReactiveJwtDecoder decoder =
          NimbusReactiveJwtDecoder.withJwkSetUri("http://127.0.0.1:1/keys").build();
      return SpringsOwnChains.chain(
          http, "/down", server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)));
    }

    @Bean
    @Order(4)
    SecurityWebFilterChain plain(ServerHttpSecurity http, NimbusReactiveJwtDecoder decoder) {
      return SpringsOwnChains.chain(
          http, "/plain", server -> server.jwt(jwt -> jwt.jwtDecoder(decoder)));
    }

    private static NimbusReactiveJwtDecoder byKey() throws Exception {
      return NimbusReactiveJwtDecoder.withPublicKey(
              SpringsOwnChains.ISSUER.get().rsaKey().toRSAPublicKey())
          .build();
    }

    private static OAuth2TokenValidator<Jwt> defaults() {
      return JwtValidators.createDefaultWithValidators(List.of(new JwtTypeValidator("at+jwt")));
    }
  }

  @BeforeAll
  static void start() {
    EventLoops.watch();
    fixture = new Fixture(Chains.class);
    SpringsOwnChains.ISSUER.set(fixture.contract().issuer());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static String bound(String claim, Object value) {
    Map<String, Object> claims = fixture.contract().boundClaims();
    claims.put(claim, value);
    return fixture.contract().issuer().jwt(claims);
  }

  @Test
  void aCheckAfterTheOneOfTheCertificateIsMade() {
    Api api = fixture.api();
    assertEnforced(api, "/hasty", fixture.bound(), JWT);
    assertRefused(api.rightful().get("/hasty", bound("aud", List.of("https://other.test"))));
  }

  @Test
  void aCheckOfTheConfirmationSeesIt() {
    assertEnforced(fixture.api(), "/curious", fixture.bound(), JWT);
  }

  @Test
  void aCheckThatTheApplicationPutsInLaterCounts() {
    Api api = fixture.api();
    assertEnforced(api, "/plain", fixture.bound(), JWT);
    fixture
        .bean(NimbusReactiveJwtDecoder.class)
        .setJwtValidator(
            jwt -> OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token")));
    assertRefused(api.rightful().get("/plain", fixture.bound()));
  }

  static List<Object> malformedConfirmations() {
    return List.of("x", List.of("x"), 7, true, Map.of("x5t#S256", 5), Map.of());
  }

  @ParameterizedTest
  @MethodSource("malformedConfirmations")
  void aMalformedConfirmationIsTheTokensFault(Object cnf) {
    Api api = fixture.api("policy", "when-bound");
    assertRefused(api.rightful().get("/plain", bound("cnf", cnf)));
    assertRefused(api.rightful().get("/hasty", bound("cnf", cnf)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"required", "when-bound"})
  void keysThatCannotBeFetchedAreNoFaultOfTheToken(String policy) {
    Api api = fixture.api("policy", policy);
    assertThat(api.rightful().get("/down", fixture.bound()).statusCode()).isEqualTo(503);
    assertThat(api.anonymous().get("/down", "a.b.c").statusCode()).isIn(401, 503);
  }
}
