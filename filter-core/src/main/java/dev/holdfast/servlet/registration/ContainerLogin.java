package dev.holdfast.servlet.registration;

import dev.holdfast.servlet.registration.container.TomcatFilters;
import jakarta.servlet.ServletContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the container signs users in by itself, before any filter: {@code <login-config>}, single
 * sign-on and their like. Known of Tomcat, Jetty and Undertow.
 */
public final class ContainerLogin {
  private static final Pattern JETTY =
      Pattern.compile("org\\.eclipse\\.jetty\\.(?:ee\\d+\\.)?servlet\\.ServletContextHandler\\$.*");
  private static final String UNDERTOW = "io.undertow.servlet.spec.ServletContextImpl";

  private static final String CONTAINER = "org.apache.catalina.Container";
  private static final String NO_LOGIN = "org.apache.catalina.authenticator.NonLoginAuthenticator";
  private static final String SINGLE_SIGN_ON = "org.apache.catalina.authenticator.SingleSignOn";

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

  /**
   * The cookie of Tomcat's valve {@code SingleSignOn}, which signs users in by that cookie alone;
   * null when there is no such valve, or it cannot be known.
   */
  public static @Nullable String singleSignOnCookie(ServletContext context) {
    try {
      Object tomcat = TomcatFilters.container(context);
      return tomcat == null ? null : singleSignOnCookie(tomcat);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return null;
    }
  }

  private static @Nullable String singleSignOnCookie(Object context)
      throws ReflectiveOperationException {
    ClassLoader tomcat = context.getClass().getClassLoader();
    Class<?> containers = Class.forName(CONTAINER, false, tomcat);
    Class<?> valves = Class.forName(SINGLE_SIGN_ON, false, tomcat);
    for (Object container = context;
        container != null;
        container = containers.getMethod("getParent").invoke(container)) {
      Object found = get(containers.getMethod("getPipeline").invoke(container), "getValves");
      for (Object valve : found instanceof Object[] all ? all : new Object[0]) {
        if (valves.isInstance(valve)) {
          return String.valueOf(valves.getMethod("getCookieName").invoke(valve));
        }
      }
    }
    return null;
  }

  private static @Nullable Object other(ServletContext context)
      throws ReflectiveOperationException {
    if (context.getClass().getName().equals(UNDERTOW)) {
      Object info = get(get(context, "getDeployment"), "getDeploymentInfo");
      Object login = get(info, "getLoginConfig");
      Object methods = get(login, "getAuthMethods");
      if (methods instanceof Iterable<?> each && each.iterator().hasNext()) {
        return get(each.iterator().next(), "getName");
      }
      return get(info, "getJaspiAuthenticationMechanism") == null ? null : "JASPI";
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
    Object method = get(get(container, "getLoginConfig"), "getAuthMethod");
    Object valve = get(container, "getAuthenticator");
    return valve == null
            || valve.getClass().getName().equals(NO_LOGIN)
            || (method != null && !method.equals("NONE"))
        ? method
        : valve.getClass().getSimpleName();
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
