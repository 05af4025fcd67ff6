package dev.holdfast.servlet.wire;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the client asked for, where the application has dispatched its request since. Tomcat and
 * Jetty leave the container's own request as it came. Undertow writes the new target over it, for a
 * forward as for an asynchronous dispatch. The first target is then in the request's attributes
 * (Jakarta Servlet 9.4.2 and 9.7.2).
 */
public final class AskedFirst {
  private static final String FORWARD = prefix(RequestDispatcher.FORWARD_REQUEST_URI);
  private static final String ASYNC = prefix(AsyncContext.ASYNC_REQUEST_URI);
  private static final String URI = "request_uri";

  private AskedFirst() {}

  private static String prefix(String attribute) {
    return attribute.substring(0, attribute.length() - URI.length());
  }

  /**
   * The path of the request line, undecoded.
   *
   * @param request the request, whatever wraps it
   * @param wire the container's own, below what filters wrapped around it
   */
  public static String uri(HttpServletRequest request, HttpServletRequest wire) {
    String dispatched = dispatched(request, wire);
    String first = dispatched == null ? null : attribute(request, dispatched + URI);
    return first == null ? wire.getRequestURI() : first;
  }

  static @Nullable String servletPath(HttpServletRequest request, HttpServletRequest wire) {
    String dispatched = dispatched(request, wire);
    return dispatched == null
        ? wire.getServletPath()
        : attribute(request, dispatched + "servlet_path");
  }

  static @Nullable String pathInfo(HttpServletRequest request, HttpServletRequest wire) {
    String dispatched = dispatched(request, wire);
    return dispatched == null ? wire.getPathInfo() : attribute(request, dispatched + "path_info");
  }

  /**
   * How the attributes begin that have the first target; null where the container's own request has
   * it. Where both kinds are there, one of them has a target in between: in Undertow the forward's,
   * elsewhere the one that the container's own request does not have.
   */
  private static @Nullable String dispatched(HttpServletRequest request, HttpServletRequest wire) {
    String async = attribute(request, ASYNC + URI);
    if (async != null && (KnownContainers.isUndertow(wire) || async.equals(wire.getRequestURI()))) {
      return ASYNC;
    }
    return attribute(request, FORWARD + URI) == null ? null : FORWARD;
  }

  private static @Nullable String attribute(HttpServletRequest request, String name) {
    return request.getAttribute(name) instanceof String text ? text : null;
  }
}
