package dev.holdfast.examples.service;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.springframework.http.server.PathContainer;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The contract's endpoints behind the gateway, without Holdfast. Who calls they know from what
 * {@link ContractView} adds in the gateway.
 */
public final class ContractUpstream implements AutoCloseable {
  private final AtomicInteger reached = new AtomicInteger();
  private final DisposableServer server =
      HttpServer.create()
          .host("127.0.0.1")
          .port(0)
          .httpRequestDecoder(decoder -> decoder.maxHeaderSize(128 * 1024))
          .handle(this::answer)
          .bindNow();

  /** Its own address, which no client knows. */
  public String uri() {
    return "http://127.0.0.1:" + server.port();
  }

  /** How many requests reached a protected endpoint. */
  public int reached() {
    return reached.get();
  }

  private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
    String target = request.uri();
    int query = target.indexOf('?');
    String path = dispatched(query < 0 ? target : target.substring(0, query));
    if (path.equals("/public/ping")) {
      return send(request, response, 200, "pong");
    }
    reached.incrementAndGet();
    return switch (path) {
      case "/me", "/async", "/forward" -> send(request, response, 200, identity(request));
      case "/payments" -> send(request, response, 201, identity(request));
      case "/seen" -> send(request, response, 200, seen(request));
      default -> send(request, response, 200, json(path));
    };
  }

  private static String dispatched(String raw) {
    StringBuilder path = new StringBuilder();
    for (PathContainer.Element element : PathContainer.parsePath(raw).elements()) {
      path.append(
          element instanceof PathContainer.PathSegment segment
              ? segment.valueToMatch()
              : element.value());
    }
    return path.toString();
  }

  private static String identity(HttpServerRequest request) {
    return String.valueOf(request.requestHeaders().get(ContractView.IDENTITY));
  }

  private static String seen(HttpServerRequest request) {
    StringBuilder lines = new StringBuilder();
    request
        .requestHeaders()
        .forEach(
            field ->
                lines
                    .append(field.getKey().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(field.getValue())
                    .append('\n'));
    return lines
        .append("\nremote: ")
        .append(request.requestHeaders().get(ContractView.REMOTE))
        .append("\ncertificate: ")
        .append(request.requestHeaders().get(ContractView.CERTIFICATE))
        .append('\n')
        .toString();
  }

  private static String json(String path) {
    StringBuilder json = new StringBuilder("{\"path\":\"");
    path.chars().forEach(character -> json.append(String.format("\\u%04x", character)));
    return json.append("\"}").toString();
  }

  private static Publisher<Void> send(
      HttpServerRequest request, HttpServerResponse response, int status, String text) {
    return request
        .receive()
        .then(
            response
                .status(status)
                .header("Cache-Control", "public, max-age=60")
                .sendString(Mono.just(text))
                .then());
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
