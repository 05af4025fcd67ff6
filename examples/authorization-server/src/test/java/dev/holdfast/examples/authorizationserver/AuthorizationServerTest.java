package dev.holdfast.examples.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.examples.authorizationserver.TestClient.Answer;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("verify")
class AuthorizationServerTest {

  private static Fixture fixture;

  @BeforeAll
  static void start(@TempDir Path directory) {
    fixture = new Fixture(directory);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void aSelfContainedTokenNamesTheCertificateOfItsClient() throws Exception {
    SignedJWT token = jwt(fixture.as(fixture.payments).token("payments-app"));

    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getJSONObjectClaim("cnf")).isEqualTo(boundTo(fixture.payments));
    assertThat(token.getHeader().getType()).hasToString("at+jwt");
    assertThat(claims.getIssuer()).isEqualTo(fixture.server.issuer());
    assertThat(claims.getSubject()).isEqualTo("payments-app");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("payments-app");
    assertThat(claims.getAudience()).containsExactly("https://api.example");
    assertThat(claims.getStringClaim("scope").split(" "))
        .containsExactlyInAnyOrder("accounts", "payments");
  }

  @Test
  void theSignatureHoldsUnderThePublishedKey() throws Exception {
    SignedJWT token = jwt(fixture.as(fixture.payments).token("payments-app"));
    JWKSet keys = JWKSet.parse(fixture.withoutCertificate().get("/oauth2/jwks").body());

    assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
    assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
    assertThat(
            token.verify(
                new RSASSAVerifier(keys.getKeyByKeyId(token.getHeader().getKeyID()).toRSAKey())))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments-app", "payments-app-opaque"})
  void introspectionNamesTheCertificateInBothFormats(String clientId) throws Exception {
    TestClient client = fixture.as(fixture.payments);

    Map<String, Object> said = client.introspect(client.token(clientId).accessToken());

    assertThat(said)
        .containsEntry("active", true)
        .containsEntry("cnf", boundTo(fixture.payments))
        .containsEntry("client_id", clientId)
        .containsEntry("sub", clientId)
        .containsEntry("iss", fixture.server.issuer())
        .containsKey("exp");
    assertThat(said.get("aud")).isIn("https://api.example", List.of("https://api.example"));
    assertThat(said.get("scope").toString().split(" "))
        .containsExactlyInAnyOrder("accounts", "payments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"self-signed-app", "self-signed-app-opaque"})
  void aSelfSignedCertificateBindsAsWell(String clientId) throws Exception {
    TestClient client = fixture.as(fixture.selfSigned);

    Map<String, Object> said = client.introspect(client.token(clientId).accessToken());

    assertThat(said).containsEntry("cnf", boundTo(fixture.selfSigned));
  }

  @Test
  void theKeySetOfTheSelfSignedClientCarriesItsCertificate() throws Exception {
    Answer answer = fixture.withoutCertificate().get("/clients/self-signed-app/jwks");

    assertThat(JWKSet.parse(answer.body()).getKeys())
        .singleElement()
        .satisfies(
            key ->
                assertThat(key.getParsedX509CertChain())
                    .containsExactly(fixture.selfSigned.certificate()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments-app",
        "payments-app-opaque",
        "self-signed-app",
        "self-signed-app-opaque"
      })
  void withoutACertificateTheClientIsInvalid(String clientId) {
    assertInvalidClient(fixture.withoutCertificate().token(clientId));
  }

  @Test
  void aSecretDoesNotReplaceTheCertificate() {
    assertInvalidClient(
        fixture.withoutCertificate().tokenWithSecret("payments-app", "legacy-app-secret"));
  }

  @Test
  void aCertificateWithAnotherSubjectIsRefused() {
    assertInvalidClient(
        fixture.as(fixture.pki.clientCertificate("CN=another-app")).token("payments-app"));
  }

  @Test
  void aSelfSignedCertificateThatIsNotRegisteredIsRefused() {
    assertInvalidClient(fixture.as(fixture.otherSelfSigned).token("self-signed-app"));
  }

  @Test
  void aSelfSignedCertificateIsNoCertificateOfTheAuthority() {
    assertInvalidClient(fixture.as(fixture.selfSigned).token("payments-app"));
    assertInvalidClient(fixture.as(fixture.payments).token("self-signed-app"));
  }

  @Test
  void theRightSubjectFromAnotherAuthorityIsRefused() {
    Identity foreign = ThrowAwayPki.create(KeyKind.RSA).clientCertificate("CN=payments-app");

    assertRefused(foreign);
  }

  @Test
  void anExpiredCertificateIsRefused() {
    assertRefused(fixture.pki.clientCertificate("CN=payments-app", KeyKind.EC, Validity.expired()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy-app", "legacy-app-opaque"})
  void aLegacyClientIsGivenAPlainBearerTokenEvenWithACertificate(String clientId) {
    TestClient client = fixture.as(fixture.payments);

    Answer answer = client.tokenWithSecret(clientId, "legacy-app-secret");

    assertThat(answer.json()).containsEntry("token_type", "Bearer");
    assertThat(client.introspect(answer.accessToken()))
        .containsEntry("active", true)
        .containsEntry("client_id", clientId)
        .doesNotContainKey("cnf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"legacy-app", "legacy-app-opaque"})
  void aProofBindsTheTokenOfAnyClient(String clientId) throws Exception {
    TestClient client = fixture.withoutCertificate();
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    Answer answer =
        client.tokenWithSecret(clientId, "legacy-app-secret", "DPoP", client.tokenProof(key));

    assertThat(answer.json()).containsEntry("token_type", "DPoP");
    assertThat(client.introspect(answer.accessToken()))
        .containsEntry("cnf", Map.of("jkt", key.computeThumbprint().toString()));
  }

  @Test
  void aSelfContainedTokenNamesTheKeyOfTheProof() throws Exception {
    TestClient client = fixture.withoutCertificate();
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    Answer answer =
        client.tokenWithSecret("dpop-app", "dpop-app-secret", "DPoP", client.tokenProof(key));

    assertThat(jwt(answer).getJWTClaimsSet().getJSONObjectClaim("cnf"))
        .isEqualTo(Map.of("jkt", key.computeThumbprint().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop-app", "dpop-app-opaque"})
  void aDpopBoundClientIsGivenNoTokenWithoutAProof(String clientId) throws Exception {
    TestClient client = fixture.withoutCertificate();
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    Answer without = client.tokenWithSecret(clientId, "dpop-app-secret");
    Answer with =
        client.tokenWithSecret(clientId, "dpop-app-secret", "DPoP", client.tokenProof(key));

    assertThat(without.status()).isEqualTo(400);
    assertThat(without.json()).containsEntry("error", "invalid_request");
    assertThat(client.introspect(with.accessToken()))
        .containsEntry("cnf", Map.of("jkt", key.computeThumbprint().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments-app", "payments-app-opaque"})
  void aProofBesideTheCertificateBindsTheTokenToBoth(String clientId) throws Exception {
    TestClient client = fixture.as(fixture.payments);
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();

    Answer answer = client.token(clientId, "DPoP", client.tokenProof(key));

    assertThat(client.introspect(answer.accessToken()).get("cnf"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsAllEntriesOf(boundTo(fixture.payments))
        .containsEntry("jkt", key.computeThumbprint().toString())
        .hasSize(2);
  }

  @Test
  void introspectionNeedsCredentials() throws Exception {
    String token = fixture.as(fixture.payments).token("payments-app").accessToken();

    assertInvalidClient(
        fixture.withoutCertificate().post("/oauth2/introspect", Map.of("token", token)));
  }

  @Test
  void anUnknownTokenIsNotActive() {
    assertThat(fixture.withoutCertificate().introspect("unknown")).containsEntry("active", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"})
  void discoveryNamesTheEndpoints(String path) {
    String issuer = fixture.server.issuer();

    assertThat(fixture.withoutCertificate().get(path).json())
        .containsEntry("issuer", issuer)
        .containsEntry("token_endpoint", issuer + "/oauth2/token")
        .containsEntry("jwks_uri", issuer + "/oauth2/jwks")
        .containsEntry("introspection_endpoint", issuer + "/oauth2/introspect")
        .containsEntry("tls_client_certificate_bound_access_tokens", true);
  }

  @Test
  void theSigningAlgorithmIssuerAndAudienceAreSettings(@TempDir Path directory) throws Exception {
    try (Fixture other =
        new Fixture(
            directory, "--demo.signing-algorithm=ES256", "--demo.audience=https://other.example")) {
      SignedJWT token = jwt(other.as(other.payments).token("payments-app"));

      assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
      assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("https://other.example");
    }
  }

  private static void assertInvalidClient(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json()).containsEntry("error", "invalid_client");
  }

  private static void assertRefused(Identity identity) {
    // TLS refuses the certificate, or the client does not offer it: either way there is no token.
    try {
      assertInvalidClient(fixture.as(identity).token("payments-app"));
    } catch (UncheckedIOException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
  }

  private static SignedJWT jwt(Answer answer) throws Exception {
    return SignedJWT.parse(answer.accessToken());
  }

  private static Map<String, Object> boundTo(Identity identity) throws Exception {
    byte[] certificate = identity.certificate().getEncoded();
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
    return Map.of("x5t#S256", Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }
}
