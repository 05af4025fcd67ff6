package dev.holdfast.spring.issuers;

import dev.holdfast.spring.scope.JwtText;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Takes JWTs and opaque tokens on one chain: what is a JWT becomes a {@code
 * JwtAuthenticationToken}, everything else a {@code BearerTokenAuthentication}.
 */
public final class IssuersAuthenticationProvider implements AuthenticationProvider {
  private final AuthenticationProvider jwt;
  private final AuthenticationProvider opaque;

  public IssuersAuthenticationProvider(AuthenticationProvider jwt, AuthenticationProvider opaque) {
    this.jwt = jwt;
    this.opaque = opaque;
  }

  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    if (authentication instanceof BearerTokenAuthenticationToken bearer) {
      return (JwtText.parse(bearer.getToken()) == null ? opaque : jwt).authenticate(authentication);
    }
    return null;
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
