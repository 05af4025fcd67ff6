package dev.holdfast.examples.springbootapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The API as it is started: with settings alone. */
class SpringBootApiTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity RIGHTFUL = PKI.clientCertificate("CN=payments-app");
  private static final Identity THIEF = PKI.clientCertificate("CN=thief");
  private static TestIssuer issuer;
  private static ConfigurableApplicationContext api;

  @BeforeAll
  static void start(@TempDir Path folder) {
    issuer = TestIssuer.start(PKI);
    Identity server = PKI.serverCertificate();
    Path trusted = PKI.writeTrustedCertificates(folder.resolve("trusted.pem"));
    String[] settings = {
      "--server.port=0",
      "--server.ssl.certificate=" + server.writeCertificateChain(folder.resolve("s.pem")).toUri(),
      "--server.ssl.certificate-private-key="
          + server.writePrivateKey(folder.resolve("s.key")).toUri(),
      "--server.ssl.trust-certificate=" + trusted.toUri(),
      "--holdfast.tokens.issuers[0].issuer=" + issuer.issuer(),
      "--holdfast.tokens.issuers[0].trusted-certificates=" + trusted,
      "--holdfast.tokens.issuers[1].introspection.uri=" + issuer.introspectionUri(),
      "--holdfast.tokens.issuers[1].introspection.client-id=" + TestIssuer.CLIENT_ID,
      "--holdfast.tokens.issuers[1].introspection.client-secret=" + TestIssuer.CLIENT_SECRET,
      "--holdfast.tokens.issuers[1].trusted-certificates=" + trusted
    };
    api = SpringApplication.run(SpringBootApiApplication.class, settings);
  }

  @AfterAll
  static void stop() {
    api.close();
    issuer.close();
  }

  @Test
  void theRightfulClientIsServedWithJwtAndOpaqueTokens() throws Exception {
    for (String token : tokens()) {
      HttpResponse<String> me = call("GET", "/me", RIGHTFUL, token);
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.body())
          .contains("\"subject\":\"alice\"")
          .contains("\"client\":\"payments-app\"")
          .contains("\"binding\":\"certificate\"")
          .contains("\"thumbprint\":\"" + RIGHTFUL.thumbprint() + "\"");
      assertThat(call("POST", "/payments", RIGHTFUL, token).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aThiefIsRefusedWithEither() throws Exception {
    for (String token : tokens()) {
      assertThat(call("GET", "/me", THIEF, token).statusCode()).isEqualTo(401);
      assertThat(call("POST", "/payments", null, token).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void thePublicPathIsOpenAndTheOthersAreNot() throws Exception {
    assertThat(call("GET", "/public/ping", null, null).statusCode()).isEqualTo(200);
    assertThat(call("GET", "/me", RIGHTFUL, null).statusCode()).isEqualTo(401);
  }

  private static String[] tokens() {
    return new String[] {
      issuer.jwt(issuer.claims(RIGHTFUL.thumbprint())),
      issuer.opaque(issuer.claims(RIGHTFUL.thumbprint()))
    };
  }

  private static HttpResponse<String> call(
      String method, String path, Identity caller, String token)
      throws IOException, InterruptedException {
    String port = api.getEnvironment().getRequiredProperty("local.server.port");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    SSLContext tls = caller == null ? PKI.sslContext() : PKI.sslContext(caller);
    return HttpClient.newBuilder()
        .sslContext(tls)
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
