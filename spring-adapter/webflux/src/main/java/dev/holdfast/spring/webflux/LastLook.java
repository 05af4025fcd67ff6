package dev.holdfast.spring.webflux;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.spring.webflux.evidence.DecidedTarget;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.PriorityOrdered;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Has no handler of its own. Before all other mappings it looks whether a filter has applied
 * forwarded headers behind the decision, so that another path would be served than was decided on.
 */
final class LastLook implements HandlerMapping, PriorityOrdered {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private final AtomicBoolean said = new AtomicBoolean();

  @Override
  public Mono<Object> getHandler(ServerWebExchange exchange) {
    if (!DecidedTarget.isLeft(exchange)) {
      return Mono.empty();
    }
    if (said.compareAndSet(false, true)) {
      LOGGER.log(
          Level.WARNING,
          "A filter behind Holdfast has applied forwarded headers, and the request's path is another"
              + " one than was decided on: such requests are answered with 400. Set"
              + " server.forward-headers-strategy=framework, or make the ForwardedHeaderTransformer"
              + " a bean with the name forwardedHeaderTransformer, in the place of the filter");
    }
    return Mono.error(new ResponseStatusException(HttpStatus.BAD_REQUEST));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
