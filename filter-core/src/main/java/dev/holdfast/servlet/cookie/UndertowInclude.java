package dev.holdfast.servlet.cookie;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.lang.reflect.Method;

/**
 * The answer's fields inside an include. Undertow writes the session's cookie there, and ignores
 * what anybody else adds (Jakarta Servlet 6.1, section 9.3). The companion belongs to that cookie.
 *
 * <p>It is looked up in the container's own class, which a web application may not see by name.
 */
final class UndertowInclude {
  private static final String RESPONSE = "io.undertow.servlet.spec.HttpServletResponseImpl";

  private UndertowInclude() {}

  /** Writes as if it were outside of the include. In another container nothing has to be done. */
  static void write(ServletResponse response, Runnable writing) {
    ServletResponse own = response;
    while (own instanceof ServletResponseWrapper wrapper) {
      own = wrapper.getResponse();
    }
    boolean left = own.getClass().getName().equals(RESPONSE) && leave(own);
    try {
      writing.run();
    } finally {
      if (left) {
        set(own, true);
      }
    }
  }

  private static boolean leave(ServletResponse own) {
    try {
      Method inside = own.getClass().getMethod("isInsideInclude");
      return Boolean.TRUE.equals(inside.invoke(own)) && set(own, false);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return false;
    }
  }

  private static boolean set(ServletResponse own, boolean inside) {
    try {
      own.getClass().getMethod("setInsideInclude", boolean.class).invoke(own, inside);
      return true;
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return false;
    }
  }
}
