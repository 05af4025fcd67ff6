package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.core.SpringSecurityCoreVersion;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;

/** Resource servers as applications write them, with no word about Holdfast. */
final class ExistingChains {
  private ExistingChains() {}

  @Configuration
  static class JwtChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  @Configuration
  static class OpaqueChain {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }
  }

  @Configuration
  static class DecoderInDsl {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder())))
          .build();
    }
  }

  @Configuration
  static class HidingConverter {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(
              server ->
                  server.jwt(
                      jwt ->
                          jwt.decoder(decoder())
                              .jwtAuthenticationConverter(token -> hide(token.getSubject()))))
          .build();
    }

    private static AbstractAuthenticationToken hide(String subject) {
      return new UsernamePasswordAuthenticationToken(
          "user:" + subject, "n/a", AuthorityUtils.createAuthorityList("ROLE_CUSTOM"));
    }
  }

  @Configuration
  static class OwnDpop {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> withDpop(server.jwt(Customizer.withDefaults())))
          .build();
    }

    /** Spring Security 6.5 and 7.0 always have that filter and no method for it. */
    static void withDpop(OAuth2ResourceServerConfigurer<HttpSecurity> server) {
      try {
        Method dpop = OAuth2ResourceServerConfigurer.class.getMethod("dPoP", Customizer.class);
        dpop.invoke(server, Customizer.withDefaults());
      } catch (NoSuchMethodException oldest) {
        assertThat(SpringSecurityCoreVersion.getVersion()).matches("(6\\.5|7\\.0)\\..*");
      } catch (ReflectiveOperationException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  /** Beside the resource server, a filter of the class that Spring's own DPoP filter has. */
  @Configuration
  static class ApiKeys {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .addFilterAfter(keys(), BearerTokenAuthenticationFilter.class)
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }

    private static AuthenticationFilter keys() {
      AuthenticationFilter keys =
          new AuthenticationFilter(
              (AuthenticationManager) key -> key,
              request ->
                  request.getHeader("X-Api-Key") == null
                      ? null
                      : UsernamePasswordAuthenticationToken.authenticated(
                          request.getHeader("X-Api-Key"), "n/a", List.of()));
      keys.setSuccessHandler((request, response, authentication) -> {});
      return keys;
    }
  }

  @Configuration
  static class Resolver {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      ProviderManager manager = new ProviderManager(new JwtAuthenticationProvider(decoder()));
      return authenticated(http)
          .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> manager))
          .build();
    }
  }

  @Configuration
  static class TokenFromAHeader {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(
              server ->
                  server
                      .bearerTokenResolver(request -> request.getHeader("X-Token"))
                      .jwt(
                          jwt ->
                              jwt.decoder(decoder())
                                  .jwtAuthenticationConverter(
                                      token -> HidingConverter.hide(token.getSubject()))))
          .build();
    }
  }

  @Configuration
  static class TwoChains {
    @Bean
    @Order(1)
    SecurityFilterChain open(HttpSecurity http) {
      return http.securityMatcher("/open")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain api(HttpSecurity http) {
      return authenticated(http)
          .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
          .build();
    }
  }

  private static HttpSecurity authenticated(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  }

  /** One that an application makes, with no validator of Spring's. */
  private static JwtDecoder decoder() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(ChainsFixture.issuer.jwkSetUri())
            .validateType(false)
            .build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>());
    return decoder;
  }
}
