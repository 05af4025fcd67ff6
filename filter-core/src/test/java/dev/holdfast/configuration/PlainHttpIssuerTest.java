package dev.holdfast.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.assembly.Assembly;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An issuer on one of this machine's own addresses that is not loopback, without TLS. */
class PlainHttpIssuerTest {
  private static final String ALLOW = "tokens.issuers[0].allow-plain-http";
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String base;
  private ECKey key;

  /** The three ways to ask an issuer. */
  enum Way {
    KEY_SET("jwk-set-uri", "/jwks"),
    DISCOVERY("issuer", "/.well-known/oauth-authorization-server"),
    INTROSPECTION("introspection.uri", "/introspect");

    final String setting;
    final String path;

    Way(String setting, String path) {
      this.setting = setting;
      this.path = path;
    }
  }

  @BeforeEach
  void start() throws Exception {
    InetAddress address = ownAddress();
    assumeTrue(address != null, "this machine has no address but loopback");
    key = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    base = "http://" + address.getHostAddress() + ":" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIssuerBeyondLoopbackIsAskedWhereTheSettingAllowsPlainHttp_C48(Way way) throws Exception {
    try (Assembly assembly = GivenSettings.assembly(settings(way, ALLOW, "true"))) {
      Verification verification =
          assembly
              .tokens()
              .verify(PresentedToken.of(PresentedToken.Scheme.BEARER, token(way)))
              .get(20, TimeUnit.SECONDS);
      assertThat(verification).isInstanceOf(Verification.Valid.class);
    }
    assertThat(asked).contains(way.path);
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheSettingTheStartStopsAndNobodyIsAsked_C48(Way way) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> GivenSettings.assembly(settings(way)))
        .withMessageContaining(way.setting)
        .withMessageContaining("must begin with https://");
    assertThat(asked).isEmpty();
  }

  private String[] settings(Way way, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.addAll(List.of("tokens.issuers[0].audiences", "https://api.example"));
    all.addAll(List.of("tokens.issuers[0].issuer", issuer(way)));
    if (way == Way.KEY_SET) {
      all.addAll(List.of("tokens.issuers[0].jwk-set-uri", base + "/jwks"));
    } else if (way == Way.INTROSPECTION) {
      all.addAll(
          List.of(
              "tokens.issuers[0].introspection.uri", base + "/introspect",
              "tokens.issuers[0].introspection.client-id", "api",
              "tokens.issuers[0].introspection.client-secret", "throw-away"));
    }
    return all.toArray(String[]::new);
  }

  private String issuer(Way way) {
    return way == Way.DISCOVERY ? base : "https://issuer.example";
  }

  private String token(Way way) throws Exception {
    if (way == Way.INTROSPECTION) {
      return "opaque";
    }
    JWSObject jwt =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ec-1")
                .build(),
            new Payload(JSONObjectUtils.toJSONString(claims(issuer(way)))));
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private static Map<String, Object> claims(String issuer) {
    long now = System.currentTimeMillis() / 1000;
    return Map.of(
        "active",
        true,
        "iss",
        issuer,
        "sub",
        "alice",
        "client_id",
        "app",
        "aud",
        "https://api.example",
        "iat",
        now,
        "exp",
        now + 300);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    String json =
        switch (path) {
          case "/jwks" -> new JWKSet(key.toPublicJWK()).toString(true);
          case "/introspect" -> JSONObjectUtils.toJSONString(claims("https://issuer.example"));
          default ->
              JSONObjectUtils.toJSONString(Map.of("issuer", base, "jwks_uri", base + "/jwks"));
        };
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private static @Nullable InetAddress ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst()
        .orElse(null);
  }
}
