package dev.holdfast.spring;

import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Publishes the success of a token only once its binding is confirmed: inside a {@link
 * VerificationScope} a success waits. Failures pass at once.
 */
final class ConfirmedEventPublisher implements AuthenticationEventPublisher {
  private final AuthenticationEventPublisher delegate;

  ConfirmedEventPublisher(AuthenticationEventPublisher delegate) {
    this.delegate = delegate;
  }

  @Override
  public void publishAuthenticationSuccess(Authentication authentication) {
    VerificationScope scope = VerificationScope.current();
    if (scope == null) {
      delegate.publishAuthenticationSuccess(authentication);
    } else {
      scope.hold(() -> delegate.publishAuthenticationSuccess(authentication));
    }
  }

  @Override
  public void publishAuthenticationFailure(
      AuthenticationException exception, Authentication authentication) {
    VerificationScope scope = VerificationScope.current();
    if (scope != null && exception instanceof AuthenticationServiceException) {
      scope.sawOutage(exception);
    }
    delegate.publishAuthenticationFailure(exception, authentication);
  }
}
