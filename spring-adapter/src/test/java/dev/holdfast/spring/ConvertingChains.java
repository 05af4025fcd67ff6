package dev.holdfast.spring;

import dev.holdfast.spring.takers.CredentialProbe;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtIssuerAuthenticationManagerResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** Filters that are not about access tokens, with a converter that makes them be. */
final class ConvertingChains {
  private ConvertingChains() {}

  /** Takes the token from a field that no probe has. */
  static final AuthenticationConverter FROM_A_FIELD =
      request ->
          request.getHeader("X-Tok") == null
              ? null
              : new BearerTokenAuthenticationToken(request.getHeader("X-Tok"));

  static ProviderManager ofJwts() {
    return new ProviderManager(
        new JwtAuthenticationProvider(
            token -> {
              throw new BadJwtException("never asked");
            }));
  }

  static BasicAuthenticationFilter basic(
      AuthenticationManager manager, AuthenticationConverter converter) {
    BasicAuthenticationFilter filter = new BasicAuthenticationFilter(manager);
    filter.setAuthenticationConverter(converter);
    return filter;
  }

  private static HttpSecurity enforced(HttpSecurity http) {
    return http.oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()));
  }

  @Configuration
  static class BasicOnAnEnforcedChain {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return enforced(http)
          .addFilterBefore(basic(ofJwts(), FROM_A_FIELD), AuthorizationFilter.class)
          .build();
    }
  }

  @Configuration
  static class BasicAlone {
    @Bean
    SecurityFilterChain legacy() {
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE, basic(ofJwts(), FROM_A_FIELD));
    }
  }

  /** As an application's own filter, which gets its converter from outside. */
  static class Processing extends AbstractAuthenticationProcessingFilter {
    Processing(AuthenticationManager manager) {
      super(AnyRequestMatcher.INSTANCE, manager);
    }
  }

  @Configuration
  static class ProcessingFilter {
    @Bean
    SecurityFilterChain legacy() {
      Processing filter = new Processing(ofJwts());
      filter.setAuthenticationConverter(FROM_A_FIELD);
      return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filter);
    }
  }

  /** The manager is the chain's own, which has the resource server's provider. */
  @Configuration
  static class HttpBasic {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return enforced(http)
          .httpBasic(basic -> basic.withObjectPostProcessor(new Converting()))
          .build();
    }
  }

  static class Converting implements ObjectPostProcessor<BasicAuthenticationFilter> {
    @Override
    public <O extends BasicAuthenticationFilter> O postProcess(O filter) {
      filter.setAuthenticationConverter(FROM_A_FIELD);
      return filter;
    }
  }

  /** Spring's own converter, which asks others, and one of them is the application's. */
  @Configuration
  static class AmongOthers {
    @Bean
    SecurityFilterChain legacy() {
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE,
          basic(
              ofJwts(),
              new DelegatingAuthenticationConverter(
                  new BasicAuthenticationConverter(), FROM_A_FIELD)));
    }
  }

  /** Everything is Spring's own. */
  @Configuration
  static class BearerAmongOthers {
    @Bean
    SecurityFilterChain legacy() {
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE,
          basic(
              ofJwts(),
              new DelegatingAuthenticationConverter(
                  new BasicAuthenticationConverter(), new BearerTokenAuthenticationConverter())));
    }
  }

  @Configuration
  static class InTheParent {
    @Bean
    SecurityFilterChain legacy() {
      ProviderManager manager =
          new ProviderManager(List.of(new TestingAuthenticationProvider()), ofJwts());
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE, basic(manager, FROM_A_FIELD));
    }
  }

  /** As Spring Security wraps every manager, where observations are on. */
  @Configuration
  static class Observed {
    @Bean
    SecurityFilterChain legacy() {
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE,
          basic(
              new ObservationAuthenticationManager(ObservationRegistry.create(), ofJwts()),
              FROM_A_FIELD));
    }
  }

  /** Spring's resolver, which can be meant for access tokens only. */
  @Configuration
  static class TrustedIssuers {
    @Bean
    SecurityFilterChain legacy() {
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE,
          new AuthenticationFilter(
              JwtIssuerAuthenticationManagerResolver.fromTrustedIssuers("https://as.example"),
              FROM_A_FIELD));
    }
  }

  /** What such a resolver gives, by itself. */
  @Configuration
  static class ManagerOfTrustedIssuers {
    @Bean
    SecurityFilterChain legacy() {
      AuthenticationManager manager =
          JwtIssuerAuthenticationManagerResolver.fromTrustedIssuers("https://as.example")
              .resolve(CredentialProbe.none().request());
      return new DefaultSecurityFilterChain(
          AnyRequestMatcher.INSTANCE, basic(manager, FROM_A_FIELD));
    }
  }

  /** A filter for clients of an authorization server, before everything. */
  @Configuration
  static class ClientFilterForEverything {
    @Bean
    SecurityFilterChain legacy() {
      OAuth2ClientAuthenticationFilter filter =
          new OAuth2ClientAuthenticationFilter(ofJwts(), AnyRequestMatcher.INSTANCE);
      filter.setAuthenticationConverter(FROM_A_FIELD);
      return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filter);
    }
  }

  // ---- what takes no tokens

  /** Reads a name and a password from a body, and overrides what would ask a converter. */
  static class JsonLogin extends AbstractAuthenticationProcessingFilter {
    JsonLogin(AuthenticationManager manager) {
      super(request -> request.getRequestURI().equals("/login"), manager);
    }

    @Override
    public Authentication attemptAuthentication(
        HttpServletRequest request, HttpServletResponse response) {
      return getAuthenticationManager()
          .authenticate(
              UsernamePasswordAuthenticationToken.unauthenticated(
                  request.getParameter("name"), request.getParameter("password")));
    }
  }

  /** Every way to log in that stands beside the resource server, with the manager they share. */
  @Configuration
  static class Lawful {
    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager();
    }

    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      AuthenticationManager shared =
          authentication ->
              http.getSharedObject(AuthenticationManager.class).authenticate(authentication);
      return enforced(http)
          .formLogin(Customizer.withDefaults())
          .httpBasic(Customizer.withDefaults())
          .rememberMe(Customizer.withDefaults())
          .x509(Customizer.withDefaults())
          .oneTimeTokenLogin(login -> login.tokenGenerationSuccessHandler((q, s, token) -> {}))
          .addFilterBefore(new JsonLogin(shared), AuthorizationFilter.class)
          .addFilterBefore(new JsonLogin(ofJwts()), AuthorizationFilter.class)
          .addFilterBefore(
              basic(ofJwts(), new BasicAuthenticationConverter()), AuthorizationFilter.class)
          .addFilterBefore(
              new AuthenticationFilter(ofJwts(), new BasicAuthenticationConverter()),
              AuthorizationFilter.class)
          .build();
    }
  }

  /** A converter of the application's, and a manager that knows no access tokens. */
  @Configuration
  static class OwnCredentials {
    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return enforced(http)
          .addFilterBefore(
              basic(
                  new ProviderManager(new TestingAuthenticationProvider()),
                  request -> {
                    String key = request.getHeader("X-Api-Key");
                    return key == null ? null : new UsernamePasswordAuthenticationToken("api", key);
                  }),
              AuthorizationFilter.class)
          .build();
    }
  }

  /** Clients of an authorization server, with a converter for a grant of the application's. */
  @Configuration
  static class AuthorizationServer {
    @Bean
    RegisteredClientRepository clients() {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId("1")
              .clientId("client")
              .clientSecret("{noop}secret")
              .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
              .build());
    }

    @Bean
    AuthorizationServerSettings server() {
      return AuthorizationServerSettings.builder().issuer("https://as.example").build();
    }

    @Bean
    SecurityFilterChain legacy(HttpSecurity http) {
      return AuthorizationServers.withConverters(enforced(http)).build();
    }
  }
}
