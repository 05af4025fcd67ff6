package dev.holdfast.spring.witness;

import dev.holdfast.spring.scope.VerificationScope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Stands before a chain's providers, authenticates nobody, and notes which token they are given:
 * the proof that the token which was verified is the one in the {@code Authorization} field, even
 * when the resulting {@code Authentication} does not show its token.
 */
public final class TokenWitness implements AuthenticationProvider {

  @Override
  public @Nullable Authentication authenticate(Authentication authentication) {
    note(authentication);
    return null; // the next provider decides
  }

  private static void note(Authentication authentication) {
    VerificationScope scope = VerificationScope.current();
    if (scope != null && authentication instanceof BearerTokenAuthenticationToken bearer) {
      scope.sawVerified(bearer.getToken());
    }
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** The same before a whole manager that is built already. */
  public record InFront(AuthenticationManager delegate) implements AuthenticationManager {

    @Override
    public Authentication authenticate(Authentication authentication) {
      note(authentication);
      return delegate.authenticate(authentication);
    }
  }
}
