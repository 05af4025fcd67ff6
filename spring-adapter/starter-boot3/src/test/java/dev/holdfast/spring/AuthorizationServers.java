package dev.holdfast.spring;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;

/** The configurer of an authorization server, which stands in Spring Authorization Server here. */
final class AuthorizationServers {
  private AuthorizationServers() {}

  /** One whose {@code /userinfo} takes access tokens. */
  static HttpSecurity withUserinfo(HttpSecurity http) {
    try {
      return http.with(
          new OAuth2AuthorizationServerConfigurer(),
          server -> server.oidc(Customizer.withDefaults()));
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Its filters have converters of the application's. */
  static HttpSecurity withConverters(HttpSecurity http) {
    try {
      return http.with(
          new OAuth2AuthorizationServerConfigurer(),
          server ->
              server
                  .oidc(Customizer.withDefaults())
                  .clientAuthentication(client -> client.authenticationConverter(request -> null))
                  .tokenEndpoint(token -> token.accessTokenRequestConverter(request -> null)));
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
