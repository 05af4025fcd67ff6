package dev.holdfast.introspection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An endpoint on TLS that calls every token active and keeps what it was asked. */
final class IntrospectionServer implements AutoCloseable {
  /** One request: its headers and form as a server understands them. */
  record Asked(String method, String accept, String authorization, Map<String, String> form) {
    /** The two halves of HTTP Basic, decoded as RFC 6749 section 2.3.1 says. */
    List<String> basicCredentials() {
      String text =
          new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
      int colon = text.indexOf(':');
      return List.of(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }
  }

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final HttpsServer server;

  IntrospectionServer(ThrowAwayPki pki, Identity identity) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(identity)));
    server.createContext("/introspect", this::introspect);
    server.start();
  }

  String uri() {
    return "https://localhost:" + server.getAddress().getPort() + "/introspect";
  }

  private void introspect(HttpExchange exchange) throws IOException {
    Map<String, String> form = new ConcurrentHashMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
    for (String pair : new ArrayList<>(List.of(body.split("&", -1)))) {
      int equals = pair.indexOf('=');
      form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
    }
    asked.add(
        new Asked(
            exchange.getRequestMethod(),
            String.valueOf(exchange.getRequestHeaders().getFirst("Accept")),
            String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
            form));
    byte[] answer = "{\"active\":true,\"sub\":\"alice\"}".getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
    exchange.sendResponseHeaders(200, answer.length);
    try (exchange) {
      exchange.getResponseBody().write(answer);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
