package dev.holdfast.spring;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.resource.OAuth2ResourceServerConfigurer;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/** Chains that become resource servers after Holdfast's configurer had its turn. */
final class LateChains {
  private LateChains() {}

  /** A configurer as Spring Security's reference recommends them. */
  static class CompanyDsl extends AbstractHttpConfigurer<CompanyDsl, HttpSecurity> {
    @Override
    public void init(HttpSecurity http) {
      http.oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()));
    }
  }

  static class OuterDsl extends AbstractHttpConfigurer<OuterDsl, HttpSecurity> {
    @Override
    public void init(HttpSecurity http) {
      http.with(new MiddleDsl(), Customizer.withDefaults());
    }
  }

  static class MiddleDsl extends AbstractHttpConfigurer<MiddleDsl, HttpSecurity> {
    @Override
    public void init(HttpSecurity http) {
      http.with(new CompanyDsl(), Customizer.withDefaults());
    }
  }

  @Configuration
  static class Company {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http).with(new CompanyDsl(), Customizer.withDefaults()).build();
    }
  }

  @Configuration
  static class Nested {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http).with(new OuterDsl(), Customizer.withDefaults()).build();
    }
  }

  /** Two chains, so that a prototype of one cannot pass for the other. */
  @Configuration
  static class Two {
    @Bean
    @Order(1)
    SecurityFilterChain first(HttpSecurity http) {
      return authenticated(http.securityMatcher("/async"))
          .oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()))
          .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain second(HttpSecurity http) {
      return authenticated(http).with(new CompanyDsl(), Customizer.withDefaults()).build();
    }
  }

  /** Before Holdfast's turn: a customizer of every chain, by Spring Security's own means. */
  @Configuration
  static class EarlyCustomizer {
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Customizer<HttpSecurity> resourceServers() {
      return http ->
          http.oauth2ResourceServer(server -> server.opaqueToken(Customizer.withDefaults()));
    }

    @Bean
    Customizer<OAuth2ResourceServerConfigurer<HttpSecurity>> realm() {
      return server -> {};
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return authenticated(http).build();
    }
  }

  /** The chain's manager is the application's own, so that no provider of the chain is asked. */
  @Configuration
  static class OwnManager {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, OpaqueTokenIntrospector introspector) {
      return authenticated(http)
          .authenticationManager(
              new ProviderManager(new OpaqueTokenAuthenticationProvider(introspector)))
          .with(new CompanyDsl(), Customizer.withDefaults())
          .build();
    }
  }

  @Configuration
  static class AuthorizationServer {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
      return AuthorizationServers.withUserinfo(authenticated(http)).build();
    }

    @Bean
    RegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId("a")
              .clientId("a")
              .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              .redirectUri("https://a.example/")
              .build());
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JWKSource<SecurityContext> keys() {
      return new ImmutableJWKSet<>(new JWKSet());
    }
  }

  static HttpSecurity authenticated(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
  }
}
