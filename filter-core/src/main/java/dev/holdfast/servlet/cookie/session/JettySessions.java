package dev.holdfast.servlet.cookie.session;

import dev.holdfast.internal.ApplicationLog;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * New sessions in Jetty, for a client that sent an identifier which it may not have. Jetty makes
 * the session with that identifier if another application has it, and when it changes or ends, so
 * do the sessions of that identifier in all other applications. So it is told to make one with an
 * identifier of its own at once.
 *
 * <p>It is looked up in the container's own classes, which a web application may not see by name.
 */
public final class JettySessions {
  private static final String REQUEST =
      "org\\.eclipse\\.jetty\\.ee\\d+\\.servlet\\.ServletApiRequest";

  private JettySessions() {}

  /** Whether this is Jetty's own request. */
  public static boolean has(HttpServletRequest wire) {
    return api(wire) != null;
  }

  private static @Nullable Class<?> api(HttpServletRequest wire) {
    for (Class<?> type = wire.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().matches(REQUEST)) {
        return type;
      }
    }
    return null;
  }

  /**
   * Makes the request's session, whose cookie is not written yet. Without success there is none.
   *
   * @param wire Jetty's own request
   */
  public static boolean make(HttpServletRequest wire) {
    Class<?> api = api(wire);
    if (api == null) {
      return false;
    }
    try {
      Object own = method(api, "getServletRequestInfo", 0).invoke(wire);
      Method keep = method(own.getClass(), "setManagedSession", 1);
      Object manager = method(own.getClass(), "getSessionManager", 0).invoke(own);
      Consumer<Object> keeping =
          made -> {
            try {
              keep.invoke(own, made);
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          };
      method(manager.getClass(), "newSession", 3).invoke(manager, own, null, keeping);
      return true;
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "this version of Jetty does not let a session be made with an identifier of its own,"
                  + " so that a client gets none while it sends one that is not its own");
      return false;
    }
  }

  private static Method method(Class<?> type, String name, int parameters)
      throws NoSuchMethodException {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == parameters) {
        return method;
      }
    }
    throw new NoSuchMethodException(name);
  }
}
