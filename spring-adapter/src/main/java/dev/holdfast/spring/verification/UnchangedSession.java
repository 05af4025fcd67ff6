package dev.holdfast.spring.verification;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A session that can be read; what would change it is passed over. */
final class UnchangedSession {
  private UnchangedSession() {}

  static HttpSession of(HttpSession session) {
    return (HttpSession)
        Proxy.newProxyInstance(
            UnchangedSession.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType() == void.class) {
                return null; // setAttribute, removeAttribute, invalidate, setMaxInactiveInterval
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
              }
            });
  }
}
