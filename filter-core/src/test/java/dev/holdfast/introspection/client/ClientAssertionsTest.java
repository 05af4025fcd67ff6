package dev.holdfast.introspection.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in an assertion (RFC 7523 section 3), as another library reads it. */
class ClientAssertionsTest {
  private static final String ISSUER = "https://as.example";
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  @TempDir private Path directory;

  private static ECKey key(@Nullable String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private Path written(ECKey key) throws Exception {
    return Files.writeString(directory.resolve("key.jwk"), key.toJSONString());
  }

  private ClientAssertions assertions(
      String clientId, ECKey key, @Nullable String id, @Nullable String algorithm)
      throws Exception {
    return ClientAssertions.of(
        clientId, ISSUER, new ClientKey("holdfast.key", written(key), id, algorithm), clock);
  }

  private static Map<String, String> form(ClientCredential credential) {
    Map<String, String> form = new HashMap<>();
    for (String pair : List.of(credential.parameters().substring(1).split("&", -1))) {
      int equals = pair.indexOf('=');
      form.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return form;
  }

  private static SignedJWT assertion(ClientCredential credential) throws Exception {
    return SignedJWT.parse(form(credential).get("client_assertion"));
  }

  @Test
  void anAssertionSaysWhoAsksWhomAndWhen() throws Exception {
    ECKey key = key("2026-03");
    ClientAssertions assertions = assertions("api \"ä\" & co", key, null, null);
    assertThat(assertions.authorization()).isNull();
    Map<String, String> form = form(assertions);
    assertThat(form)
        .containsOnlyKeys("client_id", "client_assertion_type", "client_assertion")
        .containsEntry("client_id", "api \"ä\" & co")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    SignedJWT jwt = SignedJWT.parse(form.get("client_assertion"));
    assertThat(jwt.verify(new ECDSAVerifier(key.toPublicJWK()))).isTrue();
    assertThat(jwt.getHeader().toJSONObject()).isEqualTo(Map.of("alg", "ES256", "kid", "2026-03"));
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getClaims().keySet())
        .containsExactlyInAnyOrder("iss", "sub", "aud", "jti", "iat", "exp");
    assertThat(claims.getIssuer()).isEqualTo("api \"ä\" & co");
    assertThat(claims.getSubject()).isEqualTo("api \"ä\" & co");
    assertThat(jwt.getPayload().toJSONObject().get("aud"))
        .as("one text and no list (draft-ietf-oauth-rfc7523bis)")
        .isEqualTo(ISSUER);
    assertThat(claims.getIssueTime().toInstant()).isEqualTo(clock.instant());
    assertThat(claims.getExpirationTime().toInstant())
        .isEqualTo(clock.instant().plus(Duration.ofMinutes(1)));
  }

  @Test
  void noTwoAssertionsHaveOneName() throws Exception {
    ClientAssertions assertions = assertions("api", key(null), null, null);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      names.add(assertion(assertions).getJWTClaimsSet().getJWTID());
    }
    assertThat(names).hasSize(50);
  }

  @Test
  void theHeaderNamesKeyAndAlgorithmOfTheSettings() throws Exception {
    ClientAssertions assertions = assertions("api", key(null), "of the settings", "ES256");
    assertThat(assertion(assertions).getHeader().getKeyID()).isEqualTo("of the settings");
    assertThat(assertion(assertions("api", key(null), null, null)).getHeader().getKeyID()).isNull();
  }

  @Test
  void whatContradictsTheFileIsRefused() {
    for (Map.Entry<String, String[]> refused :
        Map.of(
                "the key is not one for ES384", new String[] {null, "ES384"},
                "the JWK says another kid than client-key-id", new String[] {"another", null})
            .entrySet()) {
      assertThatExceptionOfType(UnusableFileException.class)
          .isThrownBy(
              () -> assertions("api", key("k1"), refused.getValue()[0], refused.getValue()[1]))
          .withMessage(refused.getKey());
    }
  }

  @Test
  void anotherKeyInTheFileSignsWithoutARestart() throws Exception {
    ClientAssertions assertions = assertions("api", key("old"), null, null);
    assertThat(assertion(assertions).getHeader().getKeyID()).isEqualTo("old");
    ECKey next = key("new");
    written(next);
    clock.advance(Duration.ofSeconds(1));
    holds("the new key signs", () -> keyId(assertions).equals("new"));
    assertThat(assertion(assertions).verify(new ECDSAVerifier(next.toPublicJWK()))).isTrue();
    Files.writeString(directory.resolve("key.jwk"), "{}");
    clock.advance(Duration.ofSeconds(1));
    assertThat(keyId(assertions)).as("a broken file changes nothing").isEqualTo("new");
  }

  private static String keyId(ClientAssertions assertions) {
    try {
      return assertion(assertions).getHeader().getKeyID();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void holds(String what, BooleanSupplier condition) {
    try {
      assertThat(Await.within(Duration.ofSeconds(20), condition)).as(what).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
