package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.settled;
import static dev.holdfast.introspection.Answers.token;
import static dev.holdfast.introspection.Answers.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.AccessToken;
import dev.holdfast.Binding;
import dev.holdfast.Confirmation;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Sha256Digest;
import dev.holdfast.Verification;
import dev.holdfast.Verification.Invalid;
import dev.holdfast.introspection.IntrospectionEndpoint.ClientAuthentication;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real introspection on real TLS. */
@Tag("verify")
class IntrospectingVerifierTest {
  private static final String THUMBPRINT = "A4DtL2JmUMhAsvJj5tKyn64SqzmuXbMrJa0n761y5v0";
  private static ThrowAwayPki pki;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() {
    pki = ThrowAwayPki.create();
    issuer = TestIssuer.start(pki);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  private static IntrospectingVerifier verifier(
      @Nullable String name, ClientAuthentication authentication, Set<String> audiences) {
    return new IntrospectingVerifier(
        new IntrospectionEndpoint(
            name,
            URI.create(issuer.introspectionUri()),
            TestIssuer.CLIENT_ID,
            TestIssuer.CLIENT_SECRET,
            authentication,
            audiences,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)),
        pki.sslContext(),
        Clock.systemUTC());
  }

  private static IntrospectingVerifier verifier() {
    return verifier(issuer.issuer(), ClientAuthentication.BASIC, Set.of());
  }

  private static Verification verify(Map<String, Object> claims) {
    return settled(verifier().verify(token(issuer.opaque(claims))));
  }

  private static Map<String, Object> with(String name, Object value) {
    Map<String, Object> claims = new HashMap<>(issuer.claims(THUMBPRINT));
    claims.put(name, value);
    return claims;
  }

  private static void assertInvalid(Verification verification, String rule) {
    assertThat(verification).isEqualTo(new Invalid(rule, Invalid.Finding.ISSUER_ASKED));
  }

  private static AccessToken valid(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Valid.class);
    return ((Verification.Valid) verification).token();
  }

  @ParameterizedTest
  @EnumSource(names = {"BASIC", "POST"})
  void anActiveTokenIsValidWithEitherClientAuthentication(ClientAuthentication authentication) {
    AccessToken token =
        valid(
            settled(
                verifier(issuer.issuer(), authentication, Set.of("https://api.example"))
                    .verify(token(issuer.opaque(issuer.claims(THUMBPRINT))))));
    assertThat(token.issuer()).isEqualTo(issuer.issuer());
    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.clientId()).isEqualTo("payments-app");
    assertThat(token.scopes()).containsExactlyInAnyOrder("accounts", "payments");
    assertThat(token.confirmation())
        .isEqualTo(
            new Confirmation.Bound(
                List.of(
                    new Binding(
                        ConfirmationMethod.CERTIFICATE,
                        Sha256Digest.parse(THUMBPRINT).orElseThrow()))));
  }

  @Test
  void anInactiveTokenIsInvalidAndTheIssuerWasAsked() {
    assertInvalid(
        settled(verifier().verify(token("never-issued"))), "the issuer calls the token inactive");
  }

  @Test
  void aWrongSecretMakesTheIssuerUnavailableAndTheTokenNotInvalid_T78() {
    IntrospectionEndpoint wrong =
        new IntrospectionEndpoint(
            null,
            URI.create(issuer.introspectionUri()),
            TestIssuer.CLIENT_ID,
            "another",
            ClientAuthentication.BASIC,
            Set.of(),
            Duration.ofSeconds(10),
            Duration.ZERO);
    assertThat(
            unavailable(
                new IntrospectingVerifier(wrong, pki.sslContext(), Clock.systemUTC())
                    .verify(token(issuer.opaque(issuer.claims(null))))))
        .contains("status 401");
  }

  @Test
  void aTokenWithoutAnExpiryIsValid_T79() {
    Map<String, Object> claims = new HashMap<>(issuer.claims(null));
    claims.remove("exp");
    assertThat(valid(verify(claims)).expiresAt()).isNull();
  }

  @Test
  void anActiveTokenWhoseExpiryHasPassedIsInvalid_T79_C91() {
    assertThat(((Invalid) verify(with("exp", 1_000_000_000L))).rule())
        .matches("exp has passed: \\d{9,} s ago");
  }

  @Test
  void anExpiryIsANumber_T79_C27_C28() {
    for (Object lawful : List.of(4000000000.5, 4.0E9, 9_223_372_036_854_775L, 1e300)) {
      valid(verify(with("exp", lawful)));
    }
    for (Object odd : List.of("4000000000", true, -1)) {
      assertInvalid(verify(with("exp", odd)), "exp is not a number of seconds since the epoch");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "bearer",
        "BEARER",
        "BearerToken",
        "access_token",
        "access-token",
        "at+jwt",
        "JWT",
        "urn:ietf:params:oauth:token-type:access_token",
        "urn:ietf:params:oauth:token-type:jwt"
      })
  void whatServersCallAnAccessTokenPassesUnbound_C88(String type) {
    assertThat(valid(verify(unboundOfType(type))).confirmation())
        .isEqualTo(new Confirmation.Unbound());
    assertThat(valid(verify(with("token_type", type))).confirmation())
        .as("bound to a certificate")
        .isInstanceOf(Confirmation.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "dpop", "PoP", "pop", "mac"})
  void aBoundTypeWithoutAConfirmationIsNotUnbound_C88(String type) {
    assertThat(valid(verify(unboundOfType(type))).confirmation())
        .isInstanceOf(Confirmation.Unusable.class);
    assertThat(valid(verify(with("token_type", type))).confirmation())
        .isInstanceOf(Confirmation.Bound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N_A",
        "refresh_token",
        "refresh-token",
        "urn:ietf:params:oauth:token-type:refresh_token",
        "urn:ietf:params:oauth:token-type:id_token",
        "urn:ietf:params:oauth:token-type:saml2",
        "id_token"
      })
  void whatTheIssuerCallsNoAccessTokenIsNone_C88(String type) {
    String rule = "token_type says that this is not an access token";
    assertInvalid(verify(unboundOfType(type)), rule);
    assertInvalid(verify(with("token_type", type)), rule);
  }

  @Test
  void aTypeThatNobodyKnowsIsRefused_C88() {
    for (Object type : List.of("", "holder", "Bearer DPoP", 1, List.of("Bearer"), Map.of())) {
      assertInvalid(
          verify(with("token_type", type)), "token_type is none that is known of access tokens");
    }
  }

  @Test
  void keycloaksTypeCountsInAnAnswerToo_C88() {
    Map<String, Object> claims = unboundOfType("Bearer");
    claims.put("typ", "DPoP");
    assertThat(valid(verify(claims)).confirmation()).isInstanceOf(Confirmation.Unusable.class);
    for (String type : List.of("Refresh", "Offline", "ID")) {
      claims.put("typ", type);
      assertInvalid(verify(claims), "typ says that this is not an access token");
    }
    claims.put("typ", "Bearer");
    valid(verify(claims));
  }

  @Test
  void aKindThatIsNoTextIsRefused_C88() {
    for (String member : List.of("typ", "token_use", "tokenName")) {
      for (Object kind : List.of(1, List.of("access"), Map.of())) {
        assertInvalid(verify(with(member, kind)), member + " is not text");
      }
    }
  }

  @Test
  void anAnswerWithTheMarksOfAnIdTokenOrAnEventIsAboutNoAccessToken_C82() {
    for (String mark : List.of("at_hash", "c_hash", "s_hash", "events")) {
      assertInvalid(
          verify(with(mark, "x")),
          mark + " belongs to an ID token or an event, not to an access token");
    }
  }

  @Test
  void anAnswerThatSaysNothingButActiveIsLawful_C86() {
    valid(verify(Map.of()));
  }

  private static Map<String, Object> unboundOfType(String type) {
    Map<String, Object> claims = new HashMap<>(issuer.claims(null));
    claims.put("token_type", type);
    return claims;
  }

  @Test
  void anotherIssuerThanTheConfiguredOneIsRefused_T80() {
    assertInvalid(
        verify(with("iss", "https://evil.example")), "iss is not the issuer that vouches");
  }

  @Test
  void anAudienceOfAnotherServiceIsRefused_T80() {
    IntrospectingVerifier verifier =
        verifier(issuer.issuer(), ClientAuthentication.BASIC, Set.of("https://api.example"));
    String ours = issuer.opaque(with("aud", List.of("x", "https://api.example")));
    String theirs = issuer.opaque(with("aud", List.of("x", "https://api.example/other")));
    valid(settled(verifier.verify(token(ours))));
    assertInvalid(settled(verifier.verify(token(theirs))), "aud names no audience of this service");
  }

  @Test
  void withoutAConfiguredIssuerTheResponseNamesIt() {
    IntrospectingVerifier verifier = verifier(null, ClientAuthentication.BASIC, Set.of());
    String named = issuer.opaque(with("iss", "https://as.example"));
    Map<String, Object> claims = new HashMap<>(issuer.claims(null));
    claims.remove("iss");
    String unnamed = issuer.opaque(claims);
    String odd = issuer.opaque(with("iss", 7));
    assertThat(valid(settled(verifier.verify(token(named)))).issuer())
        .isEqualTo("https://as.example");
    assertThat(valid(settled(verifier.verify(token(unnamed)))).issuer())
        .isEqualTo(issuer.introspectionUri());
    assertInvalid(settled(verifier.verify(token(odd))), "iss is not the issuer that vouches");
  }

  @Test
  void aJwtWhoseConfirmationDiffersFromItsIntrospectionIsRefused_T35() {
    String jwt = issuer.jwt(issuer.claims(THUMBPRINT));
    issuer.introspectAs(jwt, issuer.claims(THUMBPRINT));
    valid(settled(verifier().verify(token(jwt))));
    issuer.introspectAs(jwt, issuer.claims(null));
    assertInvalid(
        settled(verifier().verify(token(jwt))), "cnf of the token and of its introspection differ");
    issuer.introspectAs(jwt, issuer.claims("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"));
    assertInvalid(
        settled(verifier().verify(token(jwt))), "cnf of the token and of its introspection differ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with:colon", "100%", "a+b c&d=e", "schlüssel-密-🔑"})
  void everySecretArrivesAsItIs(String secret) throws IOException {
    try (IntrospectionServer server = new IntrospectionServer(pki, pki.serverCertificate())) {
      for (ClientAuthentication authentication :
          List.of(ClientAuthentication.BASIC, ClientAuthentication.POST)) {
        IntrospectionEndpoint endpoint =
            new IntrospectionEndpoint(
                "https://as.example",
                URI.create(server.uri()),
                "id:" + secret,
                secret,
                authentication,
                Set.of(),
                Duration.ofSeconds(10),
                Duration.ZERO);
        valid(
            settled(
                new IntrospectingVerifier(endpoint, pki.sslContext(), Clock.systemUTC())
                    .verify(token("a+b/c=="))));
      }
      IntrospectionServer.Asked basic = server.asked.get(0);
      assertThat(basic.method()).isEqualTo("POST");
      assertThat(basic.accept()).isEqualTo("application/json");
      assertThat(basic.basicCredentials()).containsExactly("id:" + secret, secret);
      assertThat(basic.form())
          .isEqualTo(Map.of("token", "a+b/c==", "token_type_hint", "access_token"));
      IntrospectionServer.Asked post = server.asked.get(1);
      assertThat(post.authorization()).isEqualTo("null");
      assertThat(post.form())
          .isEqualTo(
              Map.of(
                  "token",
                  "a+b/c==",
                  "token_type_hint",
                  "access_token",
                  "client_id",
                  "id:" + secret,
                  "client_secret",
                  secret));
    }
  }
}
