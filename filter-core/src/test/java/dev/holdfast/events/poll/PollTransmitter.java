package dev.holdfast.events.poll;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A transmitter that is polled over TLS (RFC 8936): it keeps an event until that is settled. */
public final class PollTransmitter implements AutoCloseable {
  /** With what it is polled. */
  public static final String AUTHORIZATION = "Bearer throw-away-poll-secret";

  private static final long HOLDS_MILLIS = 20_000;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TestIssuer issuer;
  private final Map<String, String> waiting = new LinkedHashMap<>();
  private final Map<String, Object> errors = new LinkedHashMap<>();
  private final List<Map<String, Object>> requests = new ArrayList<>();
  private int status = 200;
  private String retryAfter = "";
  private boolean closed;

  private PollTransmitter(HttpsServer server, TestIssuer issuer) {
    this.server = server;
    this.issuer = issuer;
  }

  /** One that speaks for this issuer. */
  public static PollTransmitter start(ThrowAwayPki pki, TestIssuer issuer) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(pki.serverCertificate())));
    PollTransmitter transmitter = new PollTransmitter(server, issuer);
    server.setExecutor(transmitter.threads);
    server.createContext("/poll", transmitter::poll);
    server.start();
    return transmitter;
  }

  /** Where it is polled. */
  public String uri() {
    return "https://localhost:" + server.getAddress().getPort() + "/poll";
  }

  /** An event that ends this subject's sessions; its {@code jti}. */
  public String revokes(String subject, String audience) {
    String id = UUID.randomUUID().toString();
    sends(id, event(id, issuer.issuer(), subject, audience));
    return id;
  }

  /** The same event of any issuer, signed by this one's key. */
  String event(String id, String of, String subject, String audience) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", of);
    claims.put("jti", id);
    claims.put("iat", System.currentTimeMillis() / 1000);
    claims.put("aud", audience);
    claims.put("sub_id", Map.of("format", "iss_sub", "iss", of, "sub", subject));
    claims.put(
        "events",
        Map.of("https://schemas.openid.net/secevent/caep/event-type/session-revoked", Map.of()));
    return issuer.sign(
        JWSAlgorithm.ES256, claims, header -> header.type(new JOSEObjectType("secevent+jwt")));
  }

  synchronized void sends(String id, String set) {
    waiting.put(id, set);
    notifyAll();
  }

  synchronized void answers(int other, String rest) {
    status = other;
    retryAfter = rest;
    notifyAll();
  }

  /** Whether nothing waits for an acknowledgement. */
  public synchronized boolean isSettled() {
    return waiting.isEmpty();
  }

  synchronized Map<String, Object> errors() {
    return Map.copyOf(errors);
  }

  synchronized List<Map<String, Object>> requests() {
    return List.copyOf(requests);
  }

  private void poll(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean right =
          exchange.getRequestMethod().equals("POST")
              && AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Authorization"))
              && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
      byte[] answer =
          (right ? answer(JSONObjectUtils.parse(body)) : "{}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      int said = right ? said(exchange) : 401;
      exchange.sendResponseHeaders(said, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (java.text.ParseException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private synchronized int said(HttpExchange exchange) {
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
    }
    return status;
  }

  private synchronized String answer(Map<String, Object> request) throws InterruptedException {
    requests.add(request);
    if (status != 200) {
      return "{}";
    }
    if (request.get("ack") instanceof List<?> done) {
      done.forEach(waiting::remove);
    }
    if (request.get("setErrs") instanceof Map<?, ?> wrong) {
      wrong.forEach(
          (id, error) -> {
            waiting.remove(id);
            errors.put((String) id, error);
          });
    }
    long end = System.currentTimeMillis() + HOLDS_MILLIS;
    while (waiting.isEmpty() && !closed && status == 200 && !isImmediate(request, end)) {
      wait(Math.max(1, end - System.currentTimeMillis()));
    }
    Map<String, Object> sets = new LinkedHashMap<>();
    Iterator<Map.Entry<String, String>> all = waiting.entrySet().iterator();
    for (int i = ((Number) request.get("maxEvents")).intValue(); i > 0 && all.hasNext(); i--) {
      Map.Entry<String, String> set = all.next();
      sets.put(set.getKey(), set.getValue());
    }
    return JSONObjectUtils.toJSONString(
        Map.of("sets", sets, "moreAvailable", sets.size() < waiting.size()));
  }

  private static boolean isImmediate(Map<String, Object> request, long end) {
    return Boolean.TRUE.equals(request.get("returnImmediately"))
        || System.currentTimeMillis() >= end;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
