package dev.holdfast.testing.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer's endpoint that fails, each of its paths in its own way. */
final class FaultyIssuer implements AutoCloseable {
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger followed = new AtomicInteger();

  private FaultyIssuer(HttpsServer server) {
    this.server = server;
  }

  static FaultyIssuer start(ThrowAwayPki pki) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
      FaultyIssuer issuer = new FaultyIssuer(server);
      server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(pki.serverCertificate())));
      server.setExecutor(issuer.threads);
      server.createContext("/redirect", issuer::redirect);
      server.createContext("/elsewhere", issuer::elsewhere);
      server.createContext("/silent", issuer::silent);
      server.createContext("/broken", exchange -> answer(exchange, 500, "{}"));
      server.createContext("/unauthorized", exchange -> answer(exchange, 401, "{}"));
      server.createContext("/garbage", exchange -> answer(exchange, 200, "<html></html>"));
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String uri(String path) {
    return "https://localhost:" + server.getAddress().getPort() + path;
  }

  /** An address at which nobody listens. */
  static String closedUri() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "https://localhost:" + free.getLocalPort() + "/closed";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many callers followed the redirect. */
  int followed() {
    return followed.get();
  }

  private void redirect(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Location", uri("/elsewhere"));
    answer(exchange, 307, "");
  }

  private void elsewhere(HttpExchange exchange) throws IOException {
    followed.incrementAndGet();
    answer(exchange, 200, "{\"active\":true}");
  }

  private void silent(HttpExchange exchange) {
    try (exchange) {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
