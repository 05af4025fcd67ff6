package dev.holdfast.examples.authorizationserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import dev.holdfast.testing.ExportingConnection.Answer;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OAuth 2.0 Token Binding at the token endpoint, over connections that negotiated Token Binding.
 */
@Tag("verify")
class TokenBoundTokensTest {
  private static final String APP = "token-binding-app";
  private static final String SECRET = "token-binding-app-secret";
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey API_KEY =
      TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey OTHER = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);

  private static @Nullable Fixture fixture;

  @BeforeAll
  static void start(@TempDir Path directory) {
    fixture = new Fixture(directory, "--demo.token-binding=ecdsap256");
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aJwtNamesTheProvidedBindingOfItsConnection(String protocol) throws Exception {
    try (TokenBindingConnection connection = open(protocol)) {
      Answer answer = token(connection, APP, KEY.header(connection.keyingMaterial()));

      assertThat(cnf(accessToken(answer))).isEqualTo(Map.of("tbh", KEY.tbh()));
    }
  }

  @Test
  void aReferredBindingIsTheOneThatTheTokenNames() throws Exception {
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      Answer answer = token(connection, APP, KEY.header(connection.keyingMaterial(), API_KEY));

      assertThat(cnf(accessToken(answer))).isEqualTo(Map.of("tbh", API_KEY.tbh()));
    }
  }

  /** RFC 8473 section 5.4: no bound token, and least of all one for the provided key. */
  @Test
  void whoRefersToAKeyOfAnUnknownKindGetsNoToken_C57() throws Exception {
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      byte[] ekm = connection.keyingMaterial();
      byte[] message =
          TokenBindingSpecimen.message(
              KEY.binding(TokenBindingSpecimen.PROVIDED, ekm),
              API_KEY.binding(TokenBindingSpecimen.REFERRED, ekm).withKeyParameters(96));

      assertRefused(
          token(connection, APP, Base64.getUrlEncoder().withoutPadding().encodeToString(message)),
          "invalid_request");
    }
  }

  @Test
  void introspectionNamesTheBindingOfAnOpaqueToken() throws Exception {
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      Answer answer =
          token(connection, APP + "-opaque", KEY.header(connection.keyingMaterial(), API_KEY));

      assertThat(server().withoutCertificate().introspect(accessToken(answer)))
          .containsEntry("active", true)
          .containsEntry("cnf", Map.of("tbh", API_KEY.tbh()));
    }
  }

  @Test
  void withoutAMessageThereIsNoToken() throws Exception {
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      assertRefused(token(connection, APP, null), "invalid_request");
    }
  }

  @Test
  void aMessageOfAnotherConnectionGetsNoToken_T71() throws Exception {
    try (TokenBindingConnection first = open("TLSv1.3");
        TokenBindingConnection second = open("TLSv1.3")) {
      String captured = KEY.header(first.keyingMaterial());

      assertThat(token(first, APP, captured).status()).isEqualTo(200);
      assertRefused(token(second, APP, captured), "invalid_request");
    }
  }

  @Test
  void otherClientsNeedNoBindingAndGetNone() throws Exception {
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      Answer answer =
          form(
              connection,
              "/oauth2/token",
              "legacy-app:legacy-app-secret",
              KEY.header(connection.keyingMaterial()),
              Map.of("grant_type", "client_credentials"));

      assertThat(SignedJWT.parse(accessToken(answer)).getJWTClaimsSet().getClaim("cnf")).isNull();
    }
  }

  @Test
  void aRefreshTokenWorksOnAnyConnectionOfItsKeyAndOfNoOther() throws Exception {
    Map<String, Object> tokens;
    try (TokenBindingConnection connection = open("TLSv1.3")) {
      tokens = codeFlow(connection, KEY.header(connection.keyingMaterial(), API_KEY));
    }
    String refreshToken = String.valueOf(tokens.get("refresh_token"));
    // the referred key is the API's business: it cannot renew
    for (TokenBindingKey key : List.of(OTHER, API_KEY)) {
      try (TokenBindingConnection thief = open("TLSv1.3")) {
        assertRefused(
            refresh(thief, refreshToken, key.header(thief.keyingMaterial())), "invalid_grant");
      }
    }
    try (TokenBindingConnection thief = open("TLSv1.3")) {
      assertRefused(refresh(thief, refreshToken, null), "invalid_request");
    }
    try (TokenBindingConnection again = open("TLSv1.2")) {
      Answer answer = refresh(again, refreshToken, KEY.header(again.keyingMaterial(), API_KEY));

      assertThat(cnf(accessToken(answer))).isEqualTo(Map.of("tbh", API_KEY.tbh()));
    }
  }

  private static Map<String, Object> codeFlow(TokenBindingConnection connection, String message)
      throws Exception {
    String verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
    Map<String, String> request =
        Map.of(
            "response_type", "code",
            "client_id", APP,
            "redirect_uri", "https://localhost/callback",
            "scope", "accounts",
            "code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
            "code_challenge_method", "S256");
    Answer redirect =
        connection.send(
            "GET",
            "/oauth2/authorize?" + encoded(request),
            List.of("Authorization: " + basic("alice:alice-password")),
            "");
    assertThat(redirect.status()).as(redirect.toString()).isEqualTo(302);
    String location = String.valueOf(redirect.field("Location"));
    String code =
        Arrays.stream(location.substring(location.indexOf('?') + 1).split("&"))
            .filter(parameter -> parameter.startsWith("code="))
            .findFirst()
            .orElseThrow()
            .substring(5);
    Answer answer =
        form(
            connection,
            "/oauth2/token",
            APP + ":" + SECRET,
            message,
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                "https://localhost/callback",
                "code_verifier",
                verifier));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSONObjectUtils.parse(answer.body());
  }

  private static Answer refresh(
      TokenBindingConnection connection, String refreshToken, @Nullable String message)
      throws IOException {
    return form(
        connection,
        "/oauth2/token",
        APP + ":" + SECRET,
        message,
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
  }

  private static Answer token(
      TokenBindingConnection connection, String clientId, @Nullable String message)
      throws IOException {
    return form(
        connection,
        "/oauth2/token",
        clientId + ":" + SECRET,
        message,
        Map.of("grant_type", "client_credentials", "scope", "accounts"));
  }

  private static Answer form(
      TokenBindingConnection connection,
      String path,
      String credentials,
      @Nullable String message,
      Map<String, String> parameters)
      throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add("Content-Type: application/x-www-form-urlencoded");
    fields.add("Authorization: " + basic(credentials));
    if (message != null) {
      fields.add("Sec-Token-Binding: " + message);
    }
    return connection.send("POST", path, fields, encoded(parameters));
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  private static void assertRefused(Answer answer, String error) throws ParseException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(JSONObjectUtils.parse(answer.body())).containsEntry("error", error);
  }

  private static String accessToken(Answer answer) throws ParseException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return String.valueOf(JSONObjectUtils.parse(answer.body()).get("access_token"));
  }

  private static Object cnf(String jwt) throws ParseException {
    return SignedJWT.parse(jwt).getJWTClaimsSet().getClaim("cnf");
  }

  private static TokenBindingConnection open(String protocol) {
    return TokenBindingClient.trusting(server().pki.certificate())
        .withVersion(protocol)
        .offering(TokenBindingKey.ECDSAP256)
        .connect("localhost", server().server.port());
  }

  private static Fixture server() {
    if (fixture == null) {
      throw new IllegalStateException("no server");
    }
    return fixture;
  }
}
