package dev.holdfast.examples.authorizationserver;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What the tokens say beyond Spring Authorization Server's own claims.
 *
 * <p>The confirmation ({@code cnf}) is Spring's work, in both formats: {@code x5t#S256} for a
 * client that authenticated with its certificate, {@code jkt} for a token request with a DPoP
 * proof, which {@link DpopBoundTokens} demands of some clients. {@link TokenBindingClaims} adds
 * {@code tbh}.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

  @Bean
  JWKSource<SecurityContext> signingKeys(DemoProperties properties) {
    return new ImmutableJWKSet<>(new JWKSet(properties.signingAlgorithm().newKey()));
  }

  /** Asked for by Spring's OpenID Connect support, which serves the second discovery document. */
  @Bean
  JwtDecoder jwtDecoder(JWKSource<SecurityContext> signingKeys) {
    return OAuth2AuthorizationServerConfiguration.jwtDecoder(signingKeys);
  }

  /** The header and claims of RFC 9068: {@code at+jwt}, the audience, scopes as one string. */
  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> selfContainedTokens(
      DemoProperties properties, ConnectionTokenBindings connection) {
    TokenBindingClaims bindings = new TokenBindingClaims(connection);
    Audience audience = new Audience(properties);
    return context -> {
      context.getJwsHeader().algorithm(properties.signingAlgorithm().jwsAlgorithm());
      if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
        DpopBoundTokens.requireProof(context);
        context.getJwsHeader().type("at+jwt");
        context
            .getClaims()
            .audience(audience.of(context))
            .claim("client_id", context.getRegisteredClient().getClientId())
            .claims(bindings.forClient(context.getRegisteredClient()));
        if (!context.getAuthorizedScopes().isEmpty()) {
          context.getClaims().claim("scope", String.join(" ", context.getAuthorizedScopes()));
        }
      }
    };
  }

  @Bean
  OAuth2TokenCustomizer<OAuth2TokenClaimsContext> opaqueTokens(
      DemoProperties properties, ConnectionTokenBindings connection) {
    TokenBindingClaims bindings = new TokenBindingClaims(connection);
    Audience audience = new Audience(properties);
    return context -> {
      DpopBoundTokens.requireProof(context);
      context
          .getClaims()
          .audience(audience.of(context))
          .claims(bindings.forClient(context.getRegisteredClient()));
    };
  }
}
