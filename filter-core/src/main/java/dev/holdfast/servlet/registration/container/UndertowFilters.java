package dev.holdfast.servlet.registration.container;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The filters of one Undertow deployment. Undertow appends its {@code JsrWebSocketFilter}, so that
 * only filters which are appended later are behind it, and those that are mapped by the names of
 * servlets.
 */
public final class UndertowFilters {
  private static final String CONTEXT = "io.undertow.servlet.spec.ServletContextImpl";
  private static final String HANDSHAKES = "Undertow Web Socket Filter";

  private UndertowFilters() {}

  /** Whether the container is made of Undertow, in any version. */
  public static boolean isIn(ServletContext context) {
    return context.getClass().getName().startsWith("io.undertow.");
  }

  /** Refuses an order that cannot be changed any more. Does nothing in another container. */
  public static void check(ServletContext context, String name)
      throws ReflectiveOperationException {
    if (!context.getClass().getName().equals(CONTEXT)) {
      return;
    }
    List<String> filters = new ArrayList<>(); // by path, then by the names of servlets
    for (Object mapping : mappings(context)) {
      filters.add(String.valueOf(call(mapping, "getFilterName")));
    }
    if (FilterOrder.mended(filters, name::equals, HANDSHAKES::equals) != null) {
      throw FilterOrder.refusal(name, "Undertow's WebSocket filter comes before it");
    }
  }

  /** Tells for which dispatcher types this filter is mapped. Nothing in another container. */
  public static void dispatchers(ServletContext context, String name, DispatcherMappings found)
      throws ReflectiveOperationException {
    if (!context.getClass().getName().equals(CONTEXT)) {
      return;
    }
    for (Object mapping : mappings(context)) {
      if (name.equals(call(mapping, "getFilterName"))) {
        Set<DispatcherType> type = Set.of((DispatcherType) call(mapping, "getDispatcher"));
        String target = String.valueOf(call(mapping, "getMapping"));
        if (String.valueOf(call(mapping, "getMappingType")).equals("SERVLET")) {
          found.addServlet(target, type);
        } else {
          found.addPath(target, type);
        }
      }
    }
  }

  private static List<?> mappings(ServletContext context) throws ReflectiveOperationException {
    Object deployment = call(call(context, "getDeployment"), "getDeploymentInfo");
    return (List<?>) call(deployment, "getFilterMappings");
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }
}
