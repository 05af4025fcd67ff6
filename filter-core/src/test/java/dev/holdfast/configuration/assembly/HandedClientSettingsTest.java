package dev.holdfast.configuration.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import dev.holdfast.IssuerClient;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the application hands in a client, every kind of call to an issuer goes by it. */
class HandedClientSettingsTest {
  private static final String ISSUER = "https://issuer.example"; // which no look-up finds
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private static Map<String, Object> claims() {
    long now = System.currentTimeMillis() / 1000;
    return Map.of(
        "active",
        true,
        "iss",
        ISSUER,
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

  private IssuerClient clientThatKnows(ECKey key) {
    return request -> {
      asked.add(request.method() + " " + request.uri().getPath());
      String json =
          switch (request.uri().getPath()) {
            case "/jwks" -> new JWKSet(key.toPublicJWK()).toString(true);
            case "/introspect" -> JSONObjectUtils.toJSONString(claims());
            default ->
                JSONObjectUtils.toJSONString(
                    Map.of("issuer", ISSUER, "jwks_uri", ISSUER + "/jwks"));
          };
      return new IssuerClient.Response(
          200, "application/json", new ByteArrayInputStream(json.getBytes(UTF_8)));
    };
  }

  private static Verification verified(Assembly assembly, String token) throws Exception {
    return assembly
        .tokens()
        .verify(PresentedToken.of(PresentedToken.Scheme.BEARER, token))
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void discoveryKeysAndIntrospectionAllGoByIt() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    JWSObject jwt =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ec-1")
                .build(),
            new Payload(JSONObjectUtils.toJSONString(claims())));
    jwt.sign(new ECDSASigner(key));
    HoldfastSettings settings =
        GivenSettings.settings(
            "tokens.issuers[1].issuer", ISSUER,
            "tokens.issuers[1].audiences", "https://api.example",
            "tokens.issuers[1].introspection.uri", ISSUER + "/introspect",
            "tokens.issuers[1].introspection.client-id", "api",
            "tokens.issuers[1].introspection.client-secret", "throw-away");
    try (Assembly assembly =
        Assembly.of(settings, Clock.systemUTC(), Runnable::run, clientThatKnows(key))) {
      assertThat(verified(assembly, jwt.serialize())).isInstanceOf(Verification.Valid.class);
      assertThat(verified(assembly, "opaque")).isInstanceOf(Verification.Valid.class);
    }
    assertThat(asked)
        .containsExactly(
            "GET /.well-known/oauth-authorization-server", "GET /jwks", "POST /introspect");
  }

  @Test
  void whomToTrustBesideItStopsTheStart(@TempDir Path folder) {
    Path trusted = folder.resolve("trusted.pem");
    ThrowAwayPki.create().writeTrustedCertificates(trusted);
    HoldfastSettings settings =
        GivenSettings.settings("tokens.issuers[0].trusted-certificates", trusted.toString());
    Assembly.of(settings, Clock.systemUTC()).close();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                Assembly.of(
                    settings,
                    Clock.systemUTC(),
                    Runnable::run,
                    request -> {
                      throw new AssertionError();
                    }))
        .withMessageContaining("holdfast.tokens.issuers[0].trusted-certificates")
        .withMessageContaining("an IssuerClient of the application calls issuers")
        .withMessageContaining("let the client trust");
  }
}
