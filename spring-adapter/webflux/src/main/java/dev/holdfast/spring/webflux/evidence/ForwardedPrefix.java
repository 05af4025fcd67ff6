package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.http.ForwardedAuthority;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ClassUtils;

/**
 * What {@code X-Forwarded-Prefix} has made of a path before any filter. Spring puts the prefix in
 * front and calls it the context path, so that whoever compares paths below the context path does
 * not see it. Spring Cloud Gateway looks for its routes, and calls its services, with the whole
 * path: there the prefix of a stranger would choose the service behind every rule's back.
 */
final class ForwardedPrefix {
  /** Whether routes are looked for with the whole path. */
  static final boolean IS_GATEWAY =
      ClassUtils.isPresent(
          "org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping",
          ForwardedPrefix.class.getClassLoader());

  static final String HEADER = "X-Forwarded-Prefix";

  private ForwardedPrefix() {}

  /** Whether something stands in front of the path that the client did not write there. */
  static boolean isIn(ServerHttpRequest request, ReceivedExchange received) {
    return length(request, received) > 0;
  }

  /**
   * Whether the path is another one than came over the wire: because a forwarded scheme or host
   * carries one, which Spring reads as one URL, or because a prefix does not stand in front of what
   * the client called. Reactor Netty puts one also in front of a target without a path.
   */
  static boolean isMoved(ServerHttpRequest request, ReceivedExchange received) {
    String whole = request.getPath().value();
    String wire = received.path();
    if (!received.isOfNetty() || whole.equals(wire)) {
      return false;
    }
    if (!received.headers(HEADER).isEmpty()) {
      return !received.hasOriginForm() || !isBehindPrefix(whole, wire);
    }
    return length(request, received) == 0 && ForwardedAuthority.isMovedBy(received);
  }

  private static boolean isBehindPrefix(String whole, String wire) {
    return whole.endsWith(wire) || whole.endsWith(withoutEmptySegments(wire));
  }

  /** As Spring's builder of URIs writes a path. */
  static String withoutEmptySegments(String path) {
    return path.indexOf("//") < 0 ? path : path.replaceAll("/{2,}", "/");
  }

  /** The application's own part of the context path: what is not the prefix. */
  static String basePath(ServerHttpRequest request, ReceivedExchange received) {
    return request.getPath().contextPath().value().substring(length(request, received));
  }

  /** The same request without the prefix: with the path that came over the wire. */
  static ServerHttpRequest removedFrom(ServerHttpRequest request, ReceivedExchange received) {
    int length = length(request, received);
    return length == 0
        ? request
        : request
            .mutate()
            .contextPath(request.getPath().contextPath().value().substring(length))
            .path(request.getPath().value().substring(length))
            .build();
  }

  private static int length(ServerHttpRequest request, ReceivedExchange received) {
    if (!received.isOfNetty()) {
      return 0;
    }
    String whole = request.getPath().value();
    String wire = received.path();
    int length = whole.length() - wire.length();
    return length > 0
            && whole.endsWith(wire)
            && length <= request.getPath().contextPath().value().length()
        ? length
        : 0;
  }
}
