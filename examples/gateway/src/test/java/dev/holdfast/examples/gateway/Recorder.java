package dev.holdfast.examples.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A service without Holdfast that keeps what the gateway sent, and sets a cookie. It answers 200,
 * and 503 at {@code /busy}.
 */
final class Recorder implements AutoCloseable {
  private final AtomicReference<List<String>> last = new AtomicReference<>(List.of());
  private final AtomicReference<String> path = new AtomicReference<>("");
  private final AtomicInteger arrived = new AtomicInteger();
  private final HttpServer server;

  Recorder() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::record);
    server.start();
  }

  private void record(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> fields = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  values.forEach(
                      value -> fields.add(name.toLowerCase(Locale.ROOT) + ": " + value)));
      last.set(fields);
      path.set(exchange.getRequestURI().getRawPath());
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Set-Cookie", "login=of-this-client; Path=/");
      arrived.incrementAndGet();
      boolean busy = exchange.getRequestURI().getPath().endsWith("/busy");
      exchange.sendResponseHeaders(busy ? 503 : 200, -1);
    }
  }

  /** The undecoded path of the last request. */
  String path() {
    return path.get();
  }

  /** How many requests came here. */
  int arrived() {
    return arrived.get();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The header fields of the last request, once, with names in lower case. */
  List<String> fields() {
    return last.getAndSet(List.of());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
