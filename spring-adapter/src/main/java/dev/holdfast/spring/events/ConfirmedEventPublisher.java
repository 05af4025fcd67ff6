package dev.holdfast.spring.events;

import dev.holdfast.spring.scope.VerificationScope;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Publishes what becomes of a token only once its binding is decided about: inside a {@link
 * VerificationScope} a success waits, and is none when the request is refused; a failure is kept
 * there, so that each refusal has one event ({@code RefusalEvents}).
 */
public final class ConfirmedEventPublisher implements AuthenticationEventPublisher {
  private final AuthenticationEventPublisher delegate;

  public ConfirmedEventPublisher(AuthenticationEventPublisher delegate) {
    this.delegate = delegate;
  }

  @Override
  public void publishAuthenticationSuccess(Authentication authentication) {
    VerificationScope scope = VerificationScope.current();
    if (scope == null) {
      delegate.publishAuthenticationSuccess(authentication);
    } else {
      scope.succeed(authentication);
      scope.hold(() -> delegate.publishAuthenticationSuccess(authentication));
    }
  }

  @Override
  public void publishAuthenticationFailure(
      AuthenticationException exception, Authentication authentication) {
    VerificationScope scope = VerificationScope.current();
    if (scope == null) {
      delegate.publishAuthenticationFailure(exception, authentication);
    } else {
      scope.sawFailure(exception);
    }
  }

  /** The one that Spring Security would have used. */
  public static AuthenticationEventPublisher springs(ApplicationContext context) {
    return context
        .getBeanProvider(AuthenticationEventPublisher.class)
        .getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context));
  }
}
