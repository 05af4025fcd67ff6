package dev.holdfast.examples.authorizationserver;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.server.authorization.authentication.X509ClientCertificateAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The endpoints of the protocol, and the two key sets beside them. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

  /** With port 0 the issuer stays open: Spring then takes it from the address of the request. */
  @Bean
  AuthorizationServerSettings authorizationServerSettings(
      DemoProperties properties, @Value("${server.port}") int port) {
    String issuer = properties.issuer();
    if (issuer == null && port != 0) {
      issuer = "https://localhost:" + port;
    }
    return issuer == null
        ? AuthorizationServerSettings.builder().build()
        : AuthorizationServerSettings.builder().issuer(issuer).build();
  }

  @Bean
  @Order(1)
  SecurityFilterChain protocolEndpoints(
      HttpSecurity http, ClientKeys clientKeys, DemoProperties properties) {
    ClientCertificateVerifier verifier = new ClientCertificateVerifier(clientKeys);
    http.oauth2AuthorizationServer(
        server -> {
          http.securityMatcher(server.getEndpointsMatcher());
          server.oidc(withDefaults());
          server.clientAuthentication(
              clients ->
                  clients.authenticationProviders(
                      providers -> providers.forEach(provider -> use(verifier, provider))));
        });
    http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated());
    http.addFilterAfter(demoUser(properties), HeaderWriterFilter.class);
    http.exceptionHandling(handling -> handling.authenticationEntryPoint(invalidClient()));
    return http.build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain otherPaths(HttpSecurity http) {
    http.authorizeHttpRequests(
        requests -> requests.requestMatchers("/clients/*/jwks").permitAll().anyRequest().denyAll());
    return http.build();
  }

  /** The one user, alice, who says her password on every authorization request. */
  private static Filter demoUser(DemoProperties properties) {
    DaoAuthenticationProvider users =
        new DaoAuthenticationProvider(
            new InMemoryUserDetailsManager(
                User.withUsername("alice")
                    .password("{noop}" + properties.demoUserPassword())
                    .build()));
    AuthenticationFilter filter =
        new AuthenticationFilter(new ProviderManager(users), new BasicAuthenticationConverter());
    filter.setRequestMatcher(PathPatternRequestMatcher.pathPattern("/oauth2/authorize"));
    filter.setSuccessHandler((request, response, authentication) -> {});
    return filter;
  }

  private static void use(ClientCertificateVerifier verifier, AuthenticationProvider provider) {
    if (provider instanceof X509ClientCertificateAuthenticationProvider certificates) {
      certificates.setCertificateVerifier(verifier);
    }
  }

  /** Answers a client that did not authenticate at all as RFC 6749, section 5.2 has it. */
  private static AuthenticationEntryPoint invalidClient() {
    return (request, response, failure) -> {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"authorization server\"");
      response.setStatus(HttpStatus.UNAUTHORIZED.value());
      response.setContentType(MediaType.APPLICATION_JSON_VALUE);
      response.setCharacterEncoding(StandardCharsets.UTF_8);
      response.getWriter().write("{\"error\":\"invalid_client\"}");
    };
  }
}
