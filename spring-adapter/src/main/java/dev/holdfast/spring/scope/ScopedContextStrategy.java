package dev.holdfast.spring.scope;

import dev.holdfast.spring.sessions.SessionGuard;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * The strategy of a filter that may run inside a {@link VerificationScope}: there it writes to the
 * scope, so that no holder and no listener ever has an unconfirmed {@code Authentication}. Outside
 * it is the application's own.
 */
public final class ScopedContextStrategy implements SecurityContextHolderStrategy {
  private final SecurityContextHolderStrategy delegate;
  private final SessionGuard guard;

  public ScopedContextStrategy(SecurityContextHolderStrategy delegate, SessionGuard guard) {
    this.delegate = delegate;
    this.guard = guard;
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

  /** What a token says holds for the request that it came with. */
  @Override
  public SecurityContext createEmptyContext() {
    return guard.emptyContext(delegate);
  }
}
