package dev.holdfast.servlet.evidence;

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
 * A listener that is shown the admitted context and request in each event, not the container's own.
 * No class here implements {@link AsyncListener}: WildFly takes each one that it finds in an
 * application's jars for a component, and warns of those that it cannot make.
 */
final class AdmittedListener implements InvocationHandler {
  private final AsyncListener listener;
  private final UnaryOperator<AsyncContext> contexts;
  private final UnaryOperator<ServletRequest> requests;

  private AdmittedListener(
      AsyncListener listener,
      UnaryOperator<AsyncContext> contexts,
      UnaryOperator<ServletRequest> requests) {
    this.listener = listener;
    this.contexts = contexts;
    this.requests = requests;
  }

  /**
   * That listener.
   *
   * @param contexts what makes an admitted context of the container's own
   * @param requests the same for a request
   */
  static AsyncListener of(
      AsyncListener listener,
      UnaryOperator<AsyncContext> contexts,
      UnaryOperator<ServletRequest> requests) {
    return (AsyncListener)
        Proxy.newProxyInstance(
            AdmittedListener.class.getClassLoader(),
            new Class<?>[] {AsyncListener.class},
            new AdmittedListener(listener, contexts, requests));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null && arguments[0] instanceof AsyncEvent event) {
      try {
        return method.invoke(listener, admitted(event));
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

  private AsyncEvent admitted(AsyncEvent event) {
    @Nullable AsyncContext context = event.getAsyncContext();
    @Nullable ServletRequest supplied = event.getSuppliedRequest();
    return context == null
        ? event
        : new AsyncEvent(
            contexts.apply(context),
            supplied == null ? null : requests.apply(supplied),
            event.getSuppliedResponse(),
            event.getThrowable());
  }
}
