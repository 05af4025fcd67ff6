package dev.holdfast.examples.quarkusapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.DpopKey;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application as it was built, with tokens of an issuer on real TLS. */
@Tag("verify")
class QuarkusApiTest {
  @TempDir static Path directory;

  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity OWNER = PKI.clientCertificate("CN=payments-app");
  private static final DpopKey KEY = DpopKey.create();

  private static TestIssuer issuer;
  private static QuarkusApi application;
  private static String base;
  private static String token;

  @BeforeAll
  static void start() throws Exception {
    issuer = TestIssuer.start(PKI);
    application = QuarkusApi.launch(directory, settings());
    base = "https://localhost:" + application.port();
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("jkt", KEY.thumbprint()));
    token = issuer.jwt(claims);
  }

  @AfterAll
  static void stop() {
    application.close();
    issuer.close();
  }

  private static Map<String, String> settings() {
    Identity identity = PKI.serverCertificate();
    String authority = PKI.writeTrustedCertificates(directory.resolve("ca.crt")).toString();
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.http.host", "localhost");
    settings.put("quarkus.http.insecure-requests", "disabled");
    settings.put("quarkus.http.ssl-port", "0");
    settings.put(
        "quarkus.http.ssl.certificate.files",
        identity.writeCertificateChain(directory.resolve("server.crt")).toString());
    settings.put(
        "quarkus.http.ssl.certificate.key-files",
        identity.writePrivateKey(directory.resolve("server.key")).toString());
    settings.put("quarkus.http.ssl.certificate.trust-store-file", authority);
    settings.put("quarkus.http.ssl.certificate.trust-store-file-type", "PEM");
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", authority);
    return settings;
  }

  private static HttpResponse<String> get(SSLContext tls, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> as(DpopKey key, String path) throws Exception {
    String proof = key.proof("GET", base + path, token).sign();
    return get(PKI.sslContext(), path, "Authorization", "DPoP " + token, "DPoP", proof);
  }

  @Test
  void theResourceSeesWhoCallsAndByWhichKey() throws Exception {
    assertThat(as(KEY, "/api/me").body()).isEqualTo("alice by dpop, accounts: true, admin: false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/me", "/api/me/", "/api/me;a=b", "/%61pi/me", "/file.txt", "/nowhere"})
  void aStolenTokenReachesNothing(String path) throws Exception {
    HttpResponse<String> thief = as(DpopKey.create(), path);
    assertThat(thief.statusCode()).isEqualTo(401);
    assertThat(thief.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("DPoP ")
        .contains("error=\"invalid_token\"");
    assertThat(get(PKI.sslContext(), path).statusCode()).isEqualTo(401);

    assertThat(as(KEY, path).statusCode()).isIn(200, 404);
  }

  @Test
  void aScopeIsARole() throws Exception {
    assertThat(as(KEY, "/api/me/accounts").body()).isEqualTo("accounts");
    assertThat(as(KEY, "/api/me/admin").statusCode()).isEqualTo(403);
  }

  @Test
  void aFileIsBehindTheFilter() throws Exception {
    assertThat(as(KEY, "/file.txt").body()).isEqualTo("a file of the application\n");
  }

  /** Quarkus asks the client, and its servlets do not say so. */
  @Test
  void aCertificateDoesNotComeThrough() throws Exception {
    String bound = issuer.jwt(issuer.claims(OWNER.thumbprint()));

    HttpResponse<String> owner =
        get(PKI.sslContext(OWNER), "/api/me", "Authorization", "Bearer " + bound);
    assertThat(owner.statusCode()).isEqualTo(401);
  }

  @Test
  void theStartSaysWhatTheFilterDoesNotSee() {
    assertThat(application.output())
        .contains("Holdfast enforces policy required", "this is Quarkus: what answers on Vert.x");
  }
}
