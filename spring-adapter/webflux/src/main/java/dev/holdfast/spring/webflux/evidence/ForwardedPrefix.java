package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.http.ForwardedAuthority;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;

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

  private static final String BASE_PATH = "spring.webflux.base-path";

  private ForwardedPrefix() {}

  /** Whether something stands in front of the path that the client did not write there. */
  static boolean isIn(ServerHttpRequest request, ReceivedExchange received) {
    return length(request, received) > 0;
  }

  /**
   * Whether the path is another one than came over the wire, because a forwarded scheme or host
   * carries one: Spring reads the two as one URL.
   */
  static boolean isMoved(ServerHttpRequest request, ReceivedExchange received) {
    return received.isOfNetty()
        && !request.getPath().value().equals(received.path())
        && length(request, received) == 0
        && ForwardedAuthority.isMovedBy(received);
  }

  /** The same request without the prefix: with the path that came over the wire. */
  static ServerHttpRequest removedFrom(ServerWebExchange exchange, ReceivedExchange received) {
    ServerHttpRequest request = exchange.getRequest();
    int length = length(request, received);
    if (length == 0) {
      return request;
    }
    String left = request.getPath().contextPath().value().substring(length);
    return request
        .mutate()
        .contextPath(left.isEmpty() ? basePath(exchange, received.path()) : left)
        .path(request.getPath().value().substring(length))
        .build();
  }

  /** Spring's transformer has put the prefix in the place of the application's own base path. */
  private static String basePath(ServerWebExchange exchange, String path) {
    ApplicationContext application = exchange.getApplicationContext();
    String written =
        application == null ? null : application.getEnvironment().getProperty(BASE_PATH);
    String base = written == null ? "" : StringUtils.trimTrailingCharacter(written.trim(), '/');
    base = base.isEmpty() || base.startsWith("/") ? base : '/' + base;
    return path.equals(base) || path.startsWith(base + '/') ? base : "";
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
