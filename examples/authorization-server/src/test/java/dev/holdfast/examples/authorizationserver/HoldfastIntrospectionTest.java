package dev.holdfast.examples.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SettingsReader;
import dev.holdfast.testing.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holdfast's introspection, by its settings alone, at Spring Authorization Server. */
@Tag("verify")
class HoldfastIntrospectionTest {
  private static final String PREFIX = "holdfast.tokens.issuers[0].";
  private static Fixture fixture;
  private static HttpServer keys;
  private static ECKey key;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("api-1").generate();
    byte[] published = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/jwks",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, published.length);
          try (exchange) {
            exchange.getResponseBody().write(published);
          }
        });
    keys.start();
    fixture =
        new Fixture(
            directory,
            "--demo.api-jwk-set-uri=http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks");
  }

  @AfterAll
  static void stop() {
    fixture.close();
    keys.stop(0);
  }

  private static Assembly assembly(String client, String authentication, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put(PREFIX + "issuer", fixture.server.issuer());
    settings.put(PREFIX + "audiences", "https://api.example");
    settings.put(
        PREFIX + "trusted-certificates",
        fixture.pki.writeTrustedCertificates(directory.resolve("ca.pem")).toString());
    settings.put(PREFIX + "introspection.uri", fixture.server.issuer() + "/oauth2/introspect");
    settings.put(PREFIX + "introspection.client-id", client);
    settings.put(PREFIX + "introspection.client-authentication", authentication);
    return Assembly.of(SettingsReader.read(settings), Clock.systemUTC());
  }

  private static Map<String, String> files(Identity identity) {
    return Map.of(
        PREFIX + "introspection.client-key",
        identity.writePrivateKey(directory.resolve("api.key")).toString(),
        PREFIX + "introspection.client-certificate",
        identity.writeCertificateChain(directory.resolve("api.crt")).toString());
  }

  private static Verification verified(Assembly assembly) throws Exception {
    String token = fixture.as(fixture.payments).token("payments-app-opaque").accessToken();
    return assembly
        .tokens()
        .verify(PresentedToken.of(PresentedToken.Scheme.BEARER, token))
        .get(30, TimeUnit.SECONDS);
  }

  private static void assertVerifies(String client, String authentication, Map<String, String> more)
      throws Exception {
    try (Assembly assembly = assembly(client, authentication, more)) {
      assertThat(verified(assembly)).isInstanceOf(Verification.Valid.class);
    }
  }

  private static void assertRefused(
      String client, String authentication, Map<String, String> more) {
    try (Assembly assembly = assembly(client, authentication, more)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> verified(assembly))
          .withCauseInstanceOf(IssuerUnavailableException.class)
          .withMessageContaining("status 401");
    }
  }

  @Test
  void aCertificateOfTheAuthorityAuthenticates() throws Exception {
    assertVerifies("payments-app", "tls", files(fixture.payments));
    assertRefused("payments-app", "tls", files(fixture.pki.clientCertificate("CN=another")));
  }

  @Test
  void aSelfSignedCertificateAuthenticates() throws Exception {
    assertVerifies("self-signed-app", "tls", files(fixture.selfSigned));
    assertRefused("self-signed-app", "tls", files(fixture.otherSelfSigned));
  }

  @Test
  void aKeyAuthenticates() throws Exception {
    Path file = Files.writeString(directory.resolve("api.jwk"), key.toJSONString());
    assertVerifies(
        "signing-api",
        "private-key-jwt",
        Map.of(PREFIX + "introspection.client-key", file.toString()));
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("api-1").generate();
    Files.writeString(file, other.toJSONString());
    assertRefused(
        "signing-api",
        "private-key-jwt",
        Map.of(PREFIX + "introspection.client-key", file.toString()));
  }
}
