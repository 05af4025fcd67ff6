package dev.holdfast.spring.answers;

import dev.holdfast.spring.held.HiddenField;
import dev.holdfast.spring.scope.VerificationScope;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * What a bearer filter calls when it refuses a token. Inside a {@link VerificationScope} the
 * exception is kept there and nothing is answered; elsewhere all is as it was.
 */
public final class SealedHandlers {
  private SealedHandlers() {}

  /**
   * Seals them.
   *
   * @return the application's own entry point, or null where there is none but Spring Security's
   */
  public static @Nullable AuthenticationEntryPoint seal(BearerTokenAuthenticationFilter filter) {
    AuthenticationEntryPoint entryPoint =
        HiddenField.read(
            BearerTokenAuthenticationFilter.class, AuthenticationEntryPoint.class, filter);
    AuthenticationFailureHandler handler =
        HiddenField.read(
            BearerTokenAuthenticationFilter.class, AuthenticationFailureHandler.class, filter);
    if (entryPoint != null) {
      filter.setAuthenticationEntryPoint(
          (request, response, failure) -> {
            VerificationScope scope = VerificationScope.current();
            if (scope == null) {
              entryPoint.commence(request, response, failure);
            } else {
              scope.sawFailure(failure);
            }
          });
    }
    if (handler != null) {
      filter.setAuthenticationFailureHandler(
          (request, response, failure) -> {
            VerificationScope scope = VerificationScope.current();
            if (scope == null) {
              handler.onAuthenticationFailure(request, response, failure);
            } else {
              scope.sawFailure(failure);
            }
          });
    }
    return entryPoint == null
            || entryPoint.getClass() == BearerTokenAuthenticationEntryPoint.class
            || entryPoint instanceof ChallengeEntryPoint
        ? null
        : entryPoint;
  }
}
