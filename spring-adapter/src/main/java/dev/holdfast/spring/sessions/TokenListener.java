package dev.holdfast.spring.sessions;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A listener that is shown the guarded context and request in each event. No class here implements
 * {@link AsyncListener}: WildFly takes each one that it finds in an application's jars for a
 * component, and warns of those that it cannot make.
 */
final class TokenListener implements InvocationHandler {
  private final AsyncListener listener;
  private final UnaryOperator<AsyncContext> guarding;
  private final UnaryOperator<ServletRequest> guardingRequest;

  private TokenListener(
      AsyncListener listener,
      UnaryOperator<AsyncContext> guarding,
      UnaryOperator<ServletRequest> guardingRequest) {
    this.listener = listener;
    this.guarding = guarding;
    this.guardingRequest = guardingRequest;
  }

  static AsyncListener of(
      AsyncListener listener,
      UnaryOperator<AsyncContext> guarding,
      UnaryOperator<ServletRequest> guardingRequest) {
    return (AsyncListener)
        Proxy.newProxyInstance(
            TokenListener.class.getClassLoader(),
            new Class<?>[] {AsyncListener.class},
            new TokenListener(listener, guarding, guardingRequest));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof AsyncEvent event) {
      try {
        return method.invoke(listener, guarded(event));
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause();
      }
    }
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> listener.toString();
    };
  }

  private AsyncEvent guarded(AsyncEvent event) {
    @Nullable AsyncContext context = event.getAsyncContext();
    @Nullable ServletRequest supplied = event.getSuppliedRequest();
    return context == null
        ? event
        : new AsyncEvent(
            guarding.apply(context),
            supplied == null ? null : guardingRequest.apply(supplied),
            event.getSuppliedResponse(),
            event.getThrowable());
  }
}
