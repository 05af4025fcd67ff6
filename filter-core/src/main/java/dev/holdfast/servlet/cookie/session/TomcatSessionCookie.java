package dev.holdfast.servlet.cookie.session;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat's own context says about the session's cookie. It comes before what the application
 * says: {@code sessionCookieName} of {@code context.xml} is not in {@code SessionCookieConfig}, and
 * Tomcat finds the session by it.
 *
 * @param name the cookie's name, or null where the context leaves it to the application
 * @param path the cookie's path, or null likewise
 * @param domain the cookie's domain, or null likewise
 * @param endsPathWithSlash whether a path without a slash at its end gets one
 * @see <a href="https://tomcat.apache.org/tomcat-11.0-doc/config/context.html">The Context
 *     container</a>
 */
record TomcatSessionCookie(
    @Nullable String name,
    @Nullable String path,
    @Nullable String domain,
    boolean endsPathWithSlash) {
  private static final String FACADE = "org.apache.catalina.core.ApplicationContextFacade";
  private static final TomcatSessionCookie SILENT =
      new TomcatSessionCookie(null, null, null, false);

  /** By class of the facade; another version of Tomcat may have no such way. */
  private static final Map<Class<?>, Optional<Way>> WAYS = new ConcurrentHashMap<>();

  /** Says nothing where this is no context of Tomcat's, or none that can be asked. */
  static TomcatSessionCookie of(ServletContext context) {
    Class<?> type = context.getClass();
    if (!type.getName().equals(FACADE)) {
      return SILENT;
    }
    Optional<Way> way = WAYS.get(type);
    if (way == null) {
      way = WAYS.computeIfAbsent(type, TomcatSessionCookie::way);
    }
    try {
      return way.isEmpty() ? SILENT : way.get().read(context);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return SILENT;
    }
  }

  private static Optional<Way> way(Class<?> facade) {
    try {
      Field inner = field(facade);
      Class<?> context =
          Class.forName("org.apache.catalina.Context", false, facade.getClassLoader());
      return Optional.of(
          new Way(
              inner,
              field(inner.getType()),
              context.getMethod("getSessionCookieName"),
              context.getMethod("getSessionCookiePath"),
              context.getMethod("getSessionCookieDomain"),
              context.getMethod("getSessionCookiePathUsesTrailingSlash")));
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return Optional.empty();
    }
  }

  /** The facade's application context, and that one's container: both call it the same. */
  private static Field field(Class<?> type) throws ReflectiveOperationException {
    Field field = type.getDeclaredField("context");
    field.setAccessible(true);
    return field;
  }

  private record Way(
      Field application, Field container, Method name, Method path, Method domain, Method slash) {

    TomcatSessionCookie read(ServletContext facade) throws ReflectiveOperationException {
      Object context = container.get(application.get(facade));
      return new TomcatSessionCookie(
          text(name, context),
          text(path, context),
          text(domain, context),
          Boolean.TRUE.equals(slash.invoke(context)));
    }

    private static @Nullable String text(Method getter, Object context)
        throws ReflectiveOperationException {
      return getter.invoke(context) instanceof String text && !text.isEmpty() ? text : null;
    }
  }
}
