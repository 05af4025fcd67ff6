package dev.holdfast.spring.scope;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.TransientSecurityContext;

/**
 * The strategy of a filter that may run inside a {@link VerificationScope}: there it writes to the
 * scope, so that no holder and no listener ever has an unconfirmed {@code Authentication}. Outside
 * it is the application's own.
 */
public final class ScopedContextStrategy implements SecurityContextHolderStrategy {
  private final SecurityContextHolderStrategy delegate;

  public ScopedContextStrategy(SecurityContextHolderStrategy delegate) {
    this.delegate = delegate;
  }

  @Override
  public void clearContext() {
    VerificationScope scope = VerificationScope.current();
    if (scope == null) {
      delegate.clearContext();
    } else {
      scope.capture(null);
    }
  }

  @Override
  public SecurityContext getContext() {
    return delegate.getContext();
  }

  @Override
  public void setContext(SecurityContext context) {
    VerificationScope scope = VerificationScope.current();
    if (scope == null) {
      PolicyOff.noteAuthenticated();
      delegate.setContext(context);
    } else {
      scope.capture(context);
    }
  }

  /** No session keeps it: what a token says holds for the request that it came with. */
  @Override
  public SecurityContext createEmptyContext() {
    return new TransientSecurityContext();
  }
}
