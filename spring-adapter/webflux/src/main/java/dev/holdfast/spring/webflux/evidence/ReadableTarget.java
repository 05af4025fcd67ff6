package dev.holdfast.spring.webflux.evidence;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers 400 where Reactor Netty has taken a prefix that cannot stand in front of a path, such as
 * one with a query: whoever asks for the path of such a request gets an exception.
 */
public final class ReadableTarget implements HttpHandler {
  private final HttpHandler next;

  /** Before this handler. */
  public ReadableTarget(HttpHandler next) {
    this.next = next;
  }

  /** The handler behind it. */
  public HttpHandler next() {
    return next;
  }

  @Override
  public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
    if (isReadable(request)) {
      return next.handle(request, response);
    }
    response.setStatusCode(HttpStatus.BAD_REQUEST);
    return response.setComplete();
  }

  private static boolean isReadable(ServerHttpRequest request) {
    try {
      request.getPath();
      return true;
    } catch (IllegalArgumentException | IllegalStateException none) {
      return false;
    }
  }
}
