package dev.holdfast.servlet.registration;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.servlet.registration.container.JettyFilters;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The spellings of a path that Jetty's connectors take. A connector whose {@code UriCompliance}
 * allows empty segments gives the file {@code /api/file} to {@code //api/file}, and one that allows
 * {@code %2F} in a path gives {@code /api%2Fx} to the servlet on {@code /api/*}. A filter on {@code
 * /api/*} is asked for neither. Nothing of that passes the filter, so that it can only be said. No
 * other violation that Jetty can allow leads a request past the filter.
 */
public final class JettyCompliance {
  private static final String SERVER = "org.eclipse.jetty.server.";
  private static final String EMPTY_SEGMENT = "AMBIGUOUS_EMPTY_SEGMENT";
  private static final String SEPARATOR = "AMBIGUOUS_PATH_SEPARATOR";

  private JettyCompliance() {}

  /** Says nothing in another container. */
  public static void warnUnlessEverything(
      ServletContext context, MappedPaths paths, MappedDispatchers dispatchers) {
    boolean areAllSeen = paths.areAll() && dispatchers.seeRequestsOf("/*");
    if (areAllSeen || !paths.areByPath()) {
      return;
    }
    Set<String> allowed = allowed(context);
    if (allowed.isEmpty()) {
      return;
    }
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            "this filter is mapped to "
                + paths
                + ", and the UriCompliance of a Jetty connector allows "
                + String.join(", ", allowed)
                + "."
                + (allowed.contains(EMPTY_SEGMENT)
                    ? " Jetty then serves static files to requests such as //api/file for"
                        + " /api/file without asking the filter."
                    : "")
                + (allowed.contains(SEPARATOR)
                    ? " A servlet that is mapped to /api/* then answers requests such as /api%2fx"
                        + " without asking it."
                    : "")
                + " Map it to /* and serve public files from another web application, or set the"
                + " connector's UriCompliance to DEFAULT.");
  }

  private static Set<String> allowed(ServletContext context) {
    Set<String> allowed = new TreeSet<>();
    try {
      Object handler = JettyFilters.contextHandler(context);
      Object server = handler == null ? null : call(handler.getClass(), "getServer", handler);
      if (server != null) {
        addAllowed(server, server.getClass().getClassLoader(), allowed);
      }
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return Set.of();
    }
    return allowed;
  }

  private static void addAllowed(Object server, @Nullable ClassLoader jetty, Set<String> allowed)
      throws ReflectiveOperationException {
    Class<?> connectors = Class.forName(SERVER + "Connector", false, jetty);
    Class<?> configurations = Class.forName(SERVER + "HttpConfiguration", false, jetty);
    for (Object connector : (Object[]) call(server.getClass(), "getConnectors", server)) {
      Collection<?> protocols =
          (Collection<?>) call(connectors, "getConnectionFactories", connector);
      for (Object protocol : protocols) {
        if (hasConfiguration(protocol)) {
          Object configuration = call(protocol.getClass(), "getHttpConfiguration", protocol);
          addAllowed(call(configurations, "getUriCompliance", configuration), allowed);
        }
      }
    }
  }

  /** The factories of HTTP/1.1 and HTTP/2 have the same getter, and no common type declares it. */
  private static boolean hasConfiguration(Object protocol) {
    return Arrays.stream(protocol.getClass().getMethods())
        .anyMatch(method -> method.getName().equals("getHttpConfiguration"));
  }

  private static void addAllowed(Object compliance, Set<String> allowed)
      throws ReflectiveOperationException {
    for (Object violation : (Set<?>) call(compliance.getClass(), "getAllowed", compliance)) {
      String name = ((Enum<?>) violation).name();
      if (name.equals(EMPTY_SEGMENT) || name.equals(SEPARATOR)) {
        allowed.add(name);
      }
    }
  }

  private static Object call(Class<?> type, String getter, Object target)
      throws ReflectiveOperationException {
    return type.getMethod(getter).invoke(target);
  }
}
