package dev.holdfast.examples.authorizationserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A client of the authorization server: one TLS identity, forms in, JSON out. */
final class TestClient {

  private final String issuer;
  private final HttpClient http;

  TestClient(AuthorizationServer server, SSLContext tls) {
    this.issuer = server.issuer();
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  /** A token request that names the client and relies on the TLS identity. */
  Answer token(String clientId, String... headers) {
    return send(
        request("/oauth2/token", headers)
            .POST(
                form(
                    Map.of(
                        "grant_type", "client_credentials",
                        "client_id", clientId,
                        "scope", "accounts payments"))));
  }

  /** A token request with a secret. */
  Answer tokenWithSecret(String clientId, String secret, String... headers) {
    return send(
        request("/oauth2/token", headers)
            .header("Authorization", basic(clientId, secret))
            .POST(form(Map.of("grant_type", "client_credentials", "scope", "accounts"))));
  }

  /** A DPoP proof for the token endpoint (RFC 9449, section 5). */
  String tokenProof(ECKey key) throws JOSEException {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("dpop+jwt"))
            .jwk(key.toPublicJWK())
            .build();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", "POST")
            .claim("htu", issuer + "/oauth2/token")
            .issueTime(Date.from(Instant.now()))
            .build();
    SignedJWT proof = new SignedJWT(header, claims);
    proof.sign(new ECDSASigner(key));
    return proof.serialize();
  }

  /** Asks as the client {@code api} what the server says of a token. */
  Map<String, Object> introspect(String token) {
    return send(request("/oauth2/introspect")
            .header("Authorization", basic("api", "api-secret"))
            .POST(form(Map.of("token", token))))
        .json();
  }

  Answer post(String path, Map<String, String> parameters) {
    return send(request(path).POST(form(parameters)));
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(issuer + path))
            .header("Content-Type", "application/x-www-form-urlencoded");
    return headers.length == 0 ? request : request.headers(headers);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.BodyPublisher form(Map<String, String> parameters) {
    return BodyPublishers.ofString(
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
            .collect(Collectors.joining("&")));
  }

  private static String basic(String clientId, String secret) {
    String credentials = clientId + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  /** A status and a body. */
  record Answer(int status, String body) {

    Map<String, Object> json() {
      try {
        return JSONObjectUtils.parse(body);
      } catch (ParseException e) {
        throw new AssertionError("not JSON, status " + status, e);
      }
    }

    String accessToken() {
      return (String) json().get("access_token");
    }
  }
}
