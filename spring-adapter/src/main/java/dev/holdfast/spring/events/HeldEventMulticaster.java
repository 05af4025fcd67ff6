package dev.holdfast.spring.events;

import dev.holdfast.spring.scope.VerificationScope;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;

/** Spring's own multicaster, where a success that is not confirmed yet waits. */
final class HeldEventMulticaster extends SimpleApplicationEventMulticaster {

  HeldEventMulticaster(BeanFactory beans) {
    super(beans);
  }

  /** Whether the event waits in the scope that is open on this thread. */
  static boolean waits(Object event, Runnable publication) {
    VerificationScope scope = VerificationScope.current();
    if (scope == null
        || !(event instanceof AbstractAuthenticationEvent)
        || event instanceof AbstractAuthenticationFailureEvent) {
      return false;
    }
    scope.hold(publication);
    return true;
  }

  @Override
  public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType type) {
    if (!waits(event, () -> super.multicastEvent(event, type))) {
      super.multicastEvent(event, type);
    }
  }
}
