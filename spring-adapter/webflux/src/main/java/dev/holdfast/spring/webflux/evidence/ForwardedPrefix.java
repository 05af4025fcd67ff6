package dev.holdfast.spring.webflux.evidence;

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

  private ForwardedPrefix() {}

  /** Whether something stands in front of the path that the client did not write there. */
  static boolean isIn(ServerHttpRequest request, ReceivedExchange received) {
    return length(request, received) > 0;
  }

  /** The same request without the prefix: with the path that came over the wire. */
  static ServerHttpRequest removedFrom(ServerHttpRequest request, ReceivedExchange received) {
    int length = length(request, received);
    if (length == 0) {
      return request;
    }
    String context = request.getPath().contextPath().value();
    return request
        .mutate()
        .contextPath(context.substring(length))
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
