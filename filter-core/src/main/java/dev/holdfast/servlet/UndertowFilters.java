package dev.holdfast.servlet;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The filters of one Undertow deployment. Undertow appends its {@code JsrWebSocketFilter}, so that
 * only filters which are appended later are behind it, and those that are mapped by the names of
 * servlets.
 */
final class UndertowFilters {
  private static final String CONTEXT = "io.undertow.servlet.spec.ServletContextImpl";
  private static final String HANDSHAKES = "Undertow Web Socket Filter";

  private UndertowFilters() {}

  /** Refuses an order that cannot be changed any more. Does nothing in another container. */
  static void check(ServletContext context, String name) throws ReflectiveOperationException {
    if (!context.getClass().getName().equals(CONTEXT)) {
      return;
    }
    Object deployment = call(call(context, "getDeployment"), "getDeploymentInfo");
    List<String> filters = new ArrayList<>(); // by path, then by the names of servlets
    for (Object mapping : (List<?>) call(deployment, "getFilterMappings")) {
      filters.add(String.valueOf(call(mapping, "getFilterName")));
    }
    if (FilterOrder.mended(filters, name::equals, HANDSHAKES::equals) != null) {
      throw HandshakeOrder.refusal(name, "Undertow's WebSocket filter comes before it");
    }
  }

  private static Object call(Object target, String getter) throws ReflectiveOperationException {
    return target.getClass().getMethod(getter).invoke(target);
  }
}
