package dev.holdfast.servlet;

import jakarta.servlet.ServletContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the container signs users in by itself, before any filter: {@code <login-config>} and its
 * like. Known of Tomcat, Jetty and Undertow.
 */
public final class ContainerLogin {
  private static final Pattern JETTY =
      Pattern.compile("org\\.eclipse\\.jetty\\.(?:ee\\d+\\.)?servlet\\.ServletContextHandler\\$.*");
  private static final String UNDERTOW = "io.undertow.servlet.spec.ServletContextImpl";

  private ContainerLogin() {}

  /** Its method, for example {@code FORM}; null when there is none, or it cannot be known. */
  public static @Nullable String method(ServletContext context) {
    try {
      Object tomcat = TomcatFilters.container(context);
      Object method = tomcat != null ? tomcat(tomcat) : other(context);
      return method == null || method.equals("NONE") ? null : String.valueOf(method);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return null;
    }
  }

  private static @Nullable Object other(ServletContext context)
      throws ReflectiveOperationException {
    if (context.getClass().getName().equals(UNDERTOW)) {
      Object info = get(get(context, "getDeployment"), "getDeploymentInfo");
      Object login = get(info, "getLoginConfig");
      Object methods = get(login, "getAuthMethods");
      return methods instanceof Iterable<?> each && each.iterator().hasNext()
          ? get(each.iterator().next(), "getName")
          : null;
    }
    for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
      if (JETTY.matcher(type.getName()).matches()) {
        Object handler =
            type.getEnclosingClass()
                .getMethod("getServletContextHandler", ServletContext.class)
                .invoke(null, context);
        Object security = get(handler, "getSecurityHandler");
        return get(get(security, "getAuthenticator"), "getAuthenticationType");
      }
    }
    return null;
  }

  private static @Nullable Object tomcat(Object container) throws ReflectiveOperationException {
    return get(get(container, "getLoginConfig"), "getAuthMethod");
  }

  /** Through the interface or class that makes the method public. */
  private static @Nullable Object get(@Nullable Object target, String getter)
      throws ReflectiveOperationException {
    if (target == null) {
      return null;
    }
    var method = target.getClass().getMethod(getter);
    method.setAccessible(true);
    return method.invoke(target);
  }
}
