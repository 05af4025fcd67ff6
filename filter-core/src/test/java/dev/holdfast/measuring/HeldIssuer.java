package dev.holdfast.measuring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer on TLS that lets all who ask wait until the test has it answer. Its key set comes after
 * three seconds at the latest, since nobody waits for one for longer than five. No thread of its
 * own waits with them.
 */
final class HeldIssuer implements AutoCloseable {
  private static final long KEY_SET_PATIENCE_SECONDS = 3;
  final AtomicInteger introspections = new AtomicInteger();
  final AtomicInteger keySetFetches = new AtomicInteger();
  private final Map<String, String> opaqueTokens = new ConcurrentHashMap<>();
  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final HttpsServer server;
  private final ECKey key;
  private volatile boolean answering;
  private volatile boolean keySetGiven;

  HeldIssuer(ThrowAwayPki pki) throws IOException, JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("key").generate();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(pki.serverCertificate())));
    server.setExecutor(threads);
    server.createContext("/jwks", this::keys);
    server.createContext("/introspect", this::introspect);
    server.start();
  }

  String issuer() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** A token of this subject, bound to what {@code cnf} says. */
  String jwt(String subject, Map<String, Object> cnf) throws JOSEException, ParseException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            JWTClaimsSet.parse(claims(subject, cnf)));
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  /** The same, to be introspected. */
  String opaque(String subject, Map<String, Object> cnf) {
    Map<String, Object> response = claims(subject, cnf);
    response.put("active", true);
    String token = "opaque-" + subject;
    opaqueTokens.put(token, JSONObjectUtils.toJSONString(response));
    return token;
  }

  private Map<String, Object> claims(String subject, Map<String, Object> cnf) {
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer());
    claims.put("sub", subject);
    claims.put("client_id", "app");
    claims.put("aud", "https://api.example");
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("cnf", cnf);
    return claims;
  }

  /** Answers all that wait, and whoever asks from now on at once. */
  void answer() {
    answering = true;
    for (Runnable waiting = held.poll(); waiting != null; waiting = held.poll()) {
      threads.execute(waiting);
    }
  }

  /** Also if the test has not had it answer. */
  boolean hasGivenTheKeySet() {
    return keySetGiven;
  }

  private void keys(HttpExchange exchange) {
    keySetFetches.incrementAndGet();
    AtomicBoolean sent = new AtomicBoolean();
    Runnable once =
        () -> {
          if (sent.compareAndSet(false, true)) {
            keySetGiven = true;
            send(exchange, new JWKSet(key).toString(true));
          }
        };
    Future<?> unused =
        clock.schedule(() -> threads.execute(once), KEY_SET_PATIENCE_SECONDS, TimeUnit.SECONDS);
    hold(once);
  }

  private void introspect(HttpExchange exchange) throws IOException {
    introspections.incrementAndGet();
    String form = new String(exchange.getRequestBody().readAllBytes(), US_ASCII);
    String token = form.replaceFirst(".*\\btoken=([^&]*).*", "$1");
    String answer = opaqueTokens.getOrDefault(token, "{\"active\":false}");
    hold(() -> send(exchange, answer));
  }

  private void hold(Runnable answer) {
    held.add(answer);
    if (answering) {
      answer(); // it may have come too late for the first time
    }
  }

  private static void send(HttpExchange exchange, String json) {
    byte[] body = json.getBytes(US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      // who asked will say so
    }
  }

  @Override
  public void close() {
    server.stop(0);
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
