package dev.holdfast.examples.stolentoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Where the issuer's security events come from: it publishes its key, and signs security event
 * tokens (RFC 8417) with it.
 */
final class Transmitter implements AutoCloseable {
  /** For whom its events are. */
  static final String AUDIENCE = "https://api.example/events";

  private static final String SESSION_REVOKED =
      "https://schemas.openid.net/secevent/caep/event-type/session-revoked";

  private final ECKey key;
  private final HttpsServer server;

  private Transmitter(ECKey key, HttpsServer server) {
    this.key = key;
    this.server = server;
  }

  static Transmitter start(ThrowAwayPki pki) {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID("events").generate();
      byte[] published =
          new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.US_ASCII);
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(pki.sslContext(pki.serverCertificate())));
      server.createContext(
          "/jwks",
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
              exchange.sendResponseHeaders(200, published.length);
              exchange.getResponseBody().write(published);
            }
          });
      server.start();
      return new Transmitter(key, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK makes such keys", e);
    }
  }

  /** What an API must know of it, beside the issuer. */
  Map<String, String> settings() {
    return Map.of(
        "holdfast.events.path",
        "/events",
        "holdfast.events.transmitters[0].audiences",
        AUDIENCE,
        "holdfast.events.transmitters[0].jwk-set-uri",
        "https://localhost:" + server.getAddress().getPort() + "/jwks");
  }

  /** The sessions of this client ended a second ago: what it is issued from now on is good. */
  Call sessionRevoked(String issuer, String client) {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .audience(AUDIENCE)
            .jwtID(UUID.randomUUID().toString())
            .claim("iat", now.getEpochSecond())
            .claim("toe", now.getEpochSecond() - 1)
            .claim("sub_id", Map.of("format", "iss_sub", "iss", issuer, "sub", client))
            .claim("events", Map.of(SESSION_REVOKED, Map.of()))
            .build();
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("secevent+jwt"))
            .keyID(key.getKeyID())
            .build();
    try {
      SignedJWT event = new SignedJWT(header, claims);
      event.sign(new ECDSASigner(key));
      return Call.GET.with("Content-Type", "application/secevent+jwt").post(event.serialize());
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK signs with such keys", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
