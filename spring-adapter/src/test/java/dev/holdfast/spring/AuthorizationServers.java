package dev.holdfast.spring;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;

/** The configurer of an authorization server, which stands in Spring Security here. */
final class AuthorizationServers {
  private AuthorizationServers() {}

  /** One whose {@code /userinfo} takes access tokens. */
  static HttpSecurity withUserinfo(HttpSecurity http) {
    return http.with(
        new OAuth2AuthorizationServerConfigurer(),
        server -> server.oidc(Customizer.withDefaults()));
  }

  /** Its filters have converters of the application's. */
  static HttpSecurity withConverters(HttpSecurity http) {
    return http.with(
        new OAuth2AuthorizationServerConfigurer(),
        server ->
            server
                .oidc(Customizer.withDefaults())
                .clientAuthentication(client -> client.authenticationConverter(request -> null))
                .tokenEndpoint(token -> token.accessTokenRequestConverter(request -> null)));
  }
}
