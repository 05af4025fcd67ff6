package dev.holdfast.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An issuer on real TLS whose every answer a test decides: discovery, a key set and introspection,
 * with counters. It signs with RS256 ({@code kid} "rsa-1") and ES256 ({@code kid} "ec-1"); its
 * introspection client is {@value #CLIENT_ID} with secret {@value #CLIENT_SECRET}, by HTTP Basic or
 * in the form.
 */
public final class TestIssuer implements AutoCloseable {
  /** The introspection client. */
  public static final String CLIENT_ID = "api";

  /** Its secret: a throw-away. */
  public static final String CLIENT_SECRET = "throw-away-secret";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final RSAKey rsaKey;
  private final ECKey ecKey;
  private final List<JWK> publishedKeys = new CopyOnWriteArrayList<>();
  private final Map<String, Map<String, Object>> introspectable = new ConcurrentHashMap<>();
  private final AtomicInteger keySetFetches = new AtomicInteger();
  private final AtomicInteger introspections = new AtomicInteger();
  private final AtomicInteger opaqueTokens = new AtomicInteger();

  private TestIssuer(HttpsServer server) throws JOSEException {
    this.server = server;
    this.rsaKey = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    this.ecKey = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    publishedKeys.add(rsaKey.toPublicJWK());
    publishedKeys.add(ecKey.toPublicJWK());
  }

  /** Starts on a free port of the loopback interface, with a certificate of {@code pki}. */
  public static TestIssuer start(ThrowAwayPki pki) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(pki.serverCertificate())));
      TestIssuer issuer = new TestIssuer(server);
      server.setExecutor(issuer.threads);
      server.createContext("/.well-known/oauth-authorization-server", issuer::discovery);
      server.createContext("/.well-known/openid-configuration", issuer::discovery);
      server.createContext("/jwks", issuer::jwks);
      server.createContext("/introspect", issuer::introspect);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The issuer identifier, {@code https://localhost:port}. */
  public String issuer() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** The key set's address. */
  public String jwkSetUri() {
    return issuer() + "/jwks";
  }

  /** The introspection endpoint's address. */
  public String introspectionUri() {
    return issuer() + "/introspect";
  }

  /** The key set as it is published: a test may add to it and remove from it. */
  public List<JWK> publishedKeys() {
    return publishedKeys;
  }

  /** The RSA key pair, for specimens that a test makes itself. */
  public RSAKey rsaKey() {
    return rsaKey;
  }

  /** The P-256 key pair, for specimens that a test makes itself. */
  public ECKey ecKey() {
    return ecKey;
  }

  /** How often the key set was fetched. */
  public int keySetFetches() {
    return keySetFetches.get();
  }

  /** How often introspection was asked. */
  public int introspections() {
    return introspections.get();
  }

  /**
   * Claims of a valid access token: this issuer, subject "alice", client "payments-app", audience
   * "https://api.example", scope "accounts payments", five minutes from now.
   *
   * @param thumbprint the certificate's {@code x5t#S256}, or null for a token bound to nothing
   */
  public Map<String, Object> claims(@Nullable String thumbprint) {
    long now = System.currentTimeMillis() / 1000;
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer());
    claims.put("sub", "alice");
    claims.put("client_id", "payments-app");
    claims.put("aud", "https://api.example");
    claims.put("scope", "accounts payments");
    claims.put("iat", now);
    claims.put("exp", now + 300);
    if (thumbprint != null) {
      claims.put("cnf", Map.of("x5t#S256", thumbprint));
    }
    return claims;
  }

  /** A JWT of type {@code at+jwt} over these claims, signed with RS256. */
  public String jwt(Map<String, Object> claims) {
    return sign(JWSAlgorithm.RS256, claims, header -> {});
  }

  /** A JWT over these claims with RS256 or ES256, its header adjusted. */
  public String sign(
      JWSAlgorithm algorithm, Map<String, Object> claims, Consumer<JWSHeader.Builder> header) {
    boolean rsa = algorithm.equals(JWSAlgorithm.RS256);
    JWSHeader.Builder builder =
        new JWSHeader.Builder(algorithm)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(rsa ? rsaKey.getKeyID() : ecKey.getKeyID());
    header.accept(builder);
    try {
      // not by way of JWTClaimsSet, which would round times
      JWSObject jwt =
          new JWSObject(builder.build(), new Payload(JSONObjectUtils.toJSONString(claims)));
      jwt.sign(rsa ? new RSASSASigner(rsaKey) : new ECDSASigner(ecKey));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An opaque token whose introspection response is active with these claims. */
  public String opaque(Map<String, Object> claims) {
    String token = "opaque-" + opaqueTokens.incrementAndGet() + "-" + System.nanoTime();
    introspectable.put(token, claims);
    return token;
  }

  /** Makes introspection answer so for this token too, whatever kind it is. */
  public void introspectAs(String token, Map<String, Object> claims) {
    introspectable.put(token, claims);
  }

  private void discovery(HttpExchange exchange) throws IOException {
    answer(
        exchange,
        200,
        JSONObjectUtils.toJSONString(
            Map.of(
                "issuer", issuer(),
                "jwks_uri", jwkSetUri(),
                "introspection_endpoint", introspectionUri())));
  }

  private void jwks(HttpExchange exchange) throws IOException {
    keySetFetches.incrementAndGet();
    answer(exchange, 200, new JWKSet(publishedKeys).toString(true));
  }

  private void introspect(HttpExchange exchange) throws IOException {
    introspections.incrementAndGet();
    Map<String, String> form = form(exchange);
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(
                    (CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.US_ASCII));
    boolean known =
        basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
            || (CLIENT_ID.equals(form.get("client_id"))
                && CLIENT_SECRET.equals(form.get("client_secret")));
    if (!known) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    Map<String, Object> claims = introspectable.get(String.valueOf(form.get("token")));
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("active", claims != null);
    if (claims != null) {
      response.putAll(claims);
    }
    answer(exchange, 200, JSONObjectUtils.toJSONString(response));
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
