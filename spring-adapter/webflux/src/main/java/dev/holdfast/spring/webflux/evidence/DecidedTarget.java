package dev.holdfast.spring.webflux.evidence;

import java.net.URI;
import java.util.Objects;
import org.springframework.http.server.RequestPath;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** The target that chains and rules have seen, kept with its exchange until it is served. */
public final class DecidedTarget {
  private static final String REQUEST = DecidedTarget.class.getName() + ".request";

  private DecidedTarget() {}

  /** Keeps this exchange's target. */
  public static void keep(ServerWebExchange exchange) {
    exchange.getAttributes().put(REQUEST, exchange.getRequest());
  }

  /**
   * Whether forwarded headers have been applied since, and have chosen another path. A filter that
   * rewrites a path alone, or the base of the application's own links, is none of these: it changes
   * either the path, or the context path and the authority, and not both.
   */
  public static boolean isLeft(ServerWebExchange exchange) {
    ServerHttpRequest now = exchange.getRequest();
    return exchange.getAttributes().get(REQUEST) instanceof ServerHttpRequest decided
        && decided != now
        && (isElsewhereInGateway(decided.getPath(), now.getPath())
            || (isOtherPath(decided.getPath(), now.getPath()) && isRebased(decided, now)));
  }

  /** Chains and rules compare below the context path, and a gateway its routes with the whole. */
  private static boolean isElsewhereInGateway(RequestPath decided, RequestPath now) {
    return ForwardedPrefix.IS_GATEWAY
        && !decided.contextPath().value().equals(now.contextPath().value());
  }

  private static boolean isOtherPath(RequestPath decided, RequestPath now) {
    return ForwardedPrefix.IS_GATEWAY
        ? !decided.value().equals(now.value())
        : !decided.pathWithinApplication().value().equals(now.pathWithinApplication().value());
  }

  private static boolean isRebased(ServerHttpRequest decided, ServerHttpRequest now) {
    URI before = decided.getURI();
    URI after = now.getURI();
    return !Objects.equals(before.getRawAuthority(), after.getRawAuthority())
        || !Objects.equals(before.getScheme(), after.getScheme())
        || !decided.getPath().contextPath().value().equals(now.getPath().contextPath().value());
  }
}
