package dev.holdfast.examples.servletapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the example APIs, with tokens of an issuer on real TLS. */
@Tag("verify")
class ApiServerTest {

  @TempDir static Path directory;

  static final ThrowAwayPki PKI = ThrowAwayPki.create();
  static final Identity PAYMENTS_APP = PKI.clientCertificate("CN=payments-app");
  static final Identity MALLORY = PKI.clientCertificate("CN=mallory");

  static TestIssuer issuer;
  static ApiServer server;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start(PKI);
    server = ApiServer.start(settings(Map.of()));
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  @Test
  void meSaysWhoCallsAndWithWhichKey() throws Exception {
    HttpResponse<String> answer = send(as(PAYMENTS_APP), get("/me", boundJwt()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(JSONObjectUtils.parse(answer.body()))
        .containsOnly(
            entry("subject", "alice"),
            entry("issuer", issuer.issuer()),
            entry("client", "payments-app"),
            entry("binding", "certificate"),
            entry("thumbprint", PAYMENTS_APP.thumbprint()));
  }

  @Test
  void paymentsAreCreated() throws Exception {
    HttpRequest.Builder payment =
        get("/payments", boundJwt()).POST(BodyPublishers.ofString("amount=100"));

    HttpResponse<String> answer = send(as(PAYMENTS_APP), payment);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(JSONObjectUtils.parse(answer.body()))
        .contains(entry("thumbprint", PAYMENTS_APP.thumbprint()));
  }

  @Test
  void opaqueTokensAreIntrospected() throws Exception {
    String token = issuer.opaque(issuer.claims(PAYMENTS_APP.thumbprint()));

    assertThat(send(as(PAYMENTS_APP), get("/me", token)).statusCode()).isEqualTo(200);
    assertThat(send(as(MALLORY), get("/me", token)).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatItsOwnerHasUsedIsRefusedWithAnotherCertificateOrNone_T90() throws Exception {
    String token = boundJwt();

    assertThat(send(as(PAYMENTS_APP), get("/me", token)).statusCode()).isEqualTo(200);
    assertThat(send(as(MALLORY), get("/me", token)).statusCode()).isEqualTo(401);
    assertThat(send(PKI.sslContext(), get("/me", token)).statusCode()).isEqualTo(401);
  }

  @Test
  void anUnboundTokenIsRefusedUnlessThePolicyTakesIt_T36() throws Exception {
    String token = issuer.jwt(issuer.claims(null));

    assertThat(send(as(PAYMENTS_APP), get("/me", token)).statusCode()).isEqualTo(401);
    try (ApiServer lax = ApiServer.start(settings(Map.of("holdfast.policy", "when-bound")))) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(lax.uri().resolve("/me"))
              .header("Authorization", "Bearer " + token);
      HttpResponse<String> answer = send(as(PAYMENTS_APP), request);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSONObjectUtils.parse(answer.body()))
          .contains(entry("binding", "none"), entry("thumbprint", null));
    }
  }

  @Test
  void pingNeedsNoTokenAndTheOthersDo() throws Exception {
    HttpResponse<String> ping = send(PKI.sslContext(), HttpRequest.newBuilder(uri("/public/ping")));
    HttpResponse<String> me = send(PKI.sslContext(), HttpRequest.newBuilder(uri("/me")));

    assertThat(ping.statusCode()).isEqualTo(200);
    assertThat(me.statusCode()).isEqualTo(401);
    assertThat(me.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
  }

  @Test
  void anotherPathTellsNothingOfTheServer() throws Exception {
    HttpResponse<String> answer = send(PKI.sslContext(), HttpRequest.newBuilder(uri("/nowhere")));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("Tomcat");
  }

  @Test
  void keyStoresServeAsWellAsPemFiles() throws Exception {
    Map<String, String> settings = settings(Map.of());
    settings.keySet().removeIf(name -> name.contains("certificate") && name.startsWith("server."));
    char[] password = "throw-away".toCharArray();
    settings.put(
        "server.ssl.key-store",
        PKI.serverCertificate().writePkcs12(directory.resolve("key.p12"), password).toString());
    settings.put("server.ssl.key-store-password", "throw-away");
    settings.put("server.ssl.key-store-type", "PKCS12");
    settings.put(
        "server.ssl.trust-certificate",
        PKI.writeTrustedCertificates(directory.resolve("again.crt")).toString());
    settings.put("server.ssl.enabled-protocols", "TLSv1.2");

    try (ApiServer old = ApiServer.start(settings)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(old.uri().resolve("/me"))
              .header("Authorization", "Bearer " + boundJwt());
      HttpResponse<String> answer = send(as(PAYMENTS_APP), request);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  private static String boundJwt() {
    return issuer.jwt(issuer.claims(PAYMENTS_APP.thumbprint()));
  }

  private static SSLContext as(Identity identity) {
    return PKI.sslContext(identity);
  }

  private static URI uri(String path) {
    return server.uri().resolve(path);
  }

  private static HttpRequest.Builder get(String path, String token) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(SSLContext tls, HttpRequest.Builder request)
      throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Settings that work, and some more. */
  static Map<String, String> settings(Map<String, String> more) {
    Identity identity = PKI.serverCertificate();
    String authority = PKI.writeTrustedCertificates(directory.resolve("ca.crt")).toString();
    Map<String, String> settings = new HashMap<>();
    settings.put("server.port", "0");
    settings.put("server.address", "localhost");
    settings.put(
        "server.ssl.certificate",
        identity.writeCertificateChain(directory.resolve("server.crt")).toString());
    settings.put(
        "server.ssl.certificate-private-key",
        identity.writePrivateKey(directory.resolve("server.key")).toString());
    settings.put("server.ssl.trust-certificate", authority);
    settings.put("server.ssl.client-auth", "want");
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put("holdfast.tokens.issuers[0].audiences", "https://api.example");
    settings.put("holdfast.tokens.issuers[0].trusted-certificates", authority);
    settings.put("holdfast.tokens.issuers[1].trusted-certificates", authority);
    String introspection = "holdfast.tokens.issuers[1].introspection.";
    settings.put("holdfast.tokens.issuers[1].audiences", "https://api.example");
    settings.put(introspection + "uri", issuer.introspectionUri());
    settings.put(introspection + "client-id", TestIssuer.CLIENT_ID);
    settings.put(introspection + "client-secret", TestIssuer.CLIENT_SECRET);
    settings.putAll(more);
    return settings;
  }
}
