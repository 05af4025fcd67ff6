package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.PresentedToken;
import dev.holdfast.Verification;
import dev.holdfast.configuration.GivenSettings;
import dev.holdfast.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Introspection with keys, by the settings alone, at a server that others wrote. */
@Tag("whole")
class IntrospectionPeerTest {
  private static final String PREFIX = "tokens.issuers[0].introspection.";
  private static final ECKey SIGNING = key("k1", KeyUse.SIGNATURE);
  private static final ECKey NEXT = key("k2", KeyUse.SIGNATURE);
  private static final ECKey DECRYPTION = key("d1", KeyUse.ENCRYPTION);
  private static IntrospectionPeer peer;
  @TempDir private Path directory;

  private static ECKey key(String id, KeyUse use) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).keyUse(use).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> client(String id, Map<String, Object> more) {
    Map<String, Object> client = new HashMap<>(more);
    client.put("client_id", id);
    client.put("grant_types", List.of());
    client.put("response_types", List.of());
    client.put("redirect_uris", List.of());
    client.put("token_endpoint_auth_method", "private_key_jwt");
    client.put(
        "jwks",
        Map.of(
            "keys",
            List.of(
                SIGNING.toPublicJWK().toJSONObject(),
                NEXT.toPublicJWK().toJSONObject(),
                DECRYPTION.toPublicJWK().toJSONObject())));
    return client;
  }

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Map<String, Object> ofIssuer = key("as-1", KeyUse.SIGNATURE).toJSONObject();
    peer =
        IntrospectionPeer.startOrSkip(
            Map.of(
                "jwks",
                Map.of("keys", List.of(ofIssuer)),
                "clients",
                List.of(
                    IntrospectionPeer.APP,
                    client("api", Map.of()),
                    client(
                        "secretive-api",
                        Map.of(
                            "introspection_encrypted_response_alg", "ECDH-ES",
                            "introspection_encrypted_response_enc", "A128GCM")))));
  }

  @AfterAll
  static void stop() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  private String file(String name, ECKey key) throws IOException {
    return Files.writeString(
            directory.resolve(name), JSONObjectUtils.toJSONString(key.toJSONObject()))
        .toString();
  }

  private Assembly assembly(String client, String... more) {
    Map<String, String> all = new HashMap<>(GivenSettings.map(more));
    all.put(PREFIX + "uri", peer.issuer() + "/token/introspection");
    all.put(PREFIX + "client-id", client);
    all.put(PREFIX + "client-authentication", "private-key-jwt");
    all.put("tokens.issuers[0].issuer", peer.issuer());
    all.put("tokens.issuers[0].audiences", "*");
    all.put("tokens.cache.ttl", "0s");
    return GivenSettings.assembly(
        all.entrySet().stream()
            .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
            .toArray(String[]::new));
  }

  private static Verification verified(Assembly assembly, String token) throws Exception {
    return assembly
        .tokens()
        .verify(PresentedToken.of(PresentedToken.Scheme.BEARER, token))
        .get(60, TimeUnit.SECONDS);
  }

  private static String outage(Assembly assembly) throws Exception {
    try {
      return "answered " + verified(assembly, peer.token());
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(IssuerUnavailableException.class);
      return String.valueOf(failed.getCause().getMessage());
    }
  }

  private static void assertVerifies(Assembly assembly) throws Exception {
    assertThat(verified(assembly, peer.token()))
        .isInstanceOfSatisfying(
            Verification.Valid.class,
            valid -> assertThat(valid.token().clientId()).isEqualTo("app"));
    assertThat(verified(assembly, "unknown-" + System.nanoTime()))
        .isInstanceOf(Verification.Invalid.class);
  }

  @Test
  void aKeyAuthenticates() throws Exception {
    try (Assembly assembly = assembly("api", PREFIX + "client-key", file("k", SIGNING))) {
      assertVerifies(assembly);
    }
  }

  @Test
  void anotherKeyInTheFileAuthenticatesToo() throws Exception {
    String file = file("k", key("k1", KeyUse.SIGNATURE));
    try (Assembly assembly = assembly("api", PREFIX + "client-key", file)) {
      assertThat(outage(assembly)).contains("status 401");
      file("k", NEXT);
      assertThat(Await.within(Duration.ofSeconds(60), () -> isValid(assembly))).isTrue();
    }
  }

  private static boolean isValid(Assembly assembly) {
    try {
      return verified(assembly, peer.token()) instanceof Verification.Valid;
    } catch (ExecutionException refused) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSignedResponseIsRead() throws Exception {
    try (Assembly assembly =
        assembly("api", PREFIX + "client-key", file("k", SIGNING), PREFIX + "response", "jwt")) {
      assertVerifies(assembly);
    }
  }

  @Test
  void anEncryptedResponseIsReadByItsKeyAlone() throws Exception {
    String[] more = {
      PREFIX + "client-key", file("k", SIGNING),
      PREFIX + "response", "jwt",
      PREFIX + "decryption-key", file("d", DECRYPTION)
    };
    try (Assembly assembly = assembly("secretive-api", more)) {
      assertVerifies(assembly);
    }
    try (Assembly assembly = assembly("api", more)) {
      assertThat(outage(assembly)).contains("not the five parts of a compact JWE");
    }
    more[5] = file("d", key("d1", KeyUse.ENCRYPTION));
    try (Assembly assembly = assembly("secretive-api", more)) {
      assertThat(outage(assembly)).contains("cannot be decrypted");
    }
  }
}
