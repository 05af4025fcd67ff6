package dev.holdfast.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small authorization server that runs in a process of its own, so that its CPU is not counted.
 * It calls every token active and bound to one certificate, after a delay, and counts the calls. It
 * ends when its standard input does, so that it never outlives its parent.
 */
final class AuthorizationServerStub {
  static final String CLIENT_ID = "api";
  static final String CLIENT_SECRET = "throw-away-secret";
  private static final int BACKLOG = 4096;

  private final HttpServer server;
  private final String thumbprint;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int delayMillis;

  private AuthorizationServerStub(HttpServer server, String thumbprint) {
    this.server = server;
    this.thumbprint = thumbprint;
  }

  /** Prints the port, then serves; the argument is the certificate's thumbprint. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    AuthorizationServerStub stub = new AuthorizationServerStub(server, arguments[0]);
    server.setExecutor(stub.threads);
    server.createContext("/introspect", stub::introspect);
    server.createContext("/delay", stub::delay);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // nothing is expected: the end is
    }
    System.exit(0);
  }

  /** Control: sets the delay from now on, forgets the count, and answers with it. */
  private void delay(HttpExchange exchange) throws IOException {
    delayMillis = Integer.parseInt(exchange.getRequestURI().getQuery());
    answer(exchange, "text/plain", String.valueOf(calls.getAndSet(0)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a caller that gets no answer fails the run
  private void introspect(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    calls.incrementAndGet();
    if (delayMillis == 0) {
      answer(exchange, "application/json", response());
    } else {
      threads.schedule(() -> answerLate(exchange), delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void answerLate(HttpExchange exchange) {
    try {
      answer(exchange, "application/json", response());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String response() {
    long now = System.currentTimeMillis() / 1000;
    return """
        {"active":true,"iss":"http://localhost:%d","sub":"alice","client_id":"payments-app",\
        "aud":"https://api.example","scope":"accounts payments","iat":%d,"exp":%d,\
        "token_type":"Bearer","cnf":{"x5t#S256":"%s"}}"""
        .formatted(server.getAddress().getPort(), now, now + 3600, thumbprint);
  }

  private static void answer(HttpExchange exchange, String mediaType, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", mediaType);
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }
}
