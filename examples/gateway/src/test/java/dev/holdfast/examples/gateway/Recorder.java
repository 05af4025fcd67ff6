package dev.holdfast.examples.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A service that keeps what the gateway sent, and has no Holdfast. */
final class Recorder implements AutoCloseable {
  private final AtomicReference<List<String>> seen = new AtomicReference<>(List.of());
  private final DisposableServer server =
      HttpServer.create()
          .host("127.0.0.1")
          .port(0)
          .httpRequestDecoder(decoder -> decoder.maxHeaderSize(64 * 1024))
          .handle(
              (request, response) -> {
                seen.set(
                    request.requestHeaders().entries().stream()
                        .map(field -> field.getKey() + ": " + field.getValue())
                        .collect(Collectors.toList()));
                return response.sendString(Mono.just("recorded"));
              })
          .bindNow();

  String uri() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The header fields of the last request, once. */
  List<String> fields() {
    return seen.getAndSet(List.of());
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
