package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Token Binding by one property, negotiated in the handshake, on every JDK. */
class NegotiatedTokenBindingTest {
  private static final String EXCLUDE = "spring.autoconfigure.exclude";
  private static final String OF_TOMCAT =
      "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";
  private static final String OF_JETTY =
      "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey THIEF = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static TestIssuer issuer;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start(PKI);
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  private static Map<String, String> settings(String server) {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put(
        "holdfast.tokens.issuers[0].trusted-certificates",
        PKI.writeTrustedCertificates(folder.resolve("issuer.pem")).toString());
    settings.put("holdfast.token-binding.source", "tls");
    settings.put("server.http2.enabled", "true");
    settings.put(EXCLUDE, server.equals("jetty") ? OF_TOMCAT : OF_JETTY);
    return settings;
  }

  private static String token(TokenBindingKey boundTo) {
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("tbh", boundTo.tbh()));
    return issuer.jwt(claims);
  }

  private static int status(TokenBindingConnection connection, String token, String message)
      throws IOException {
    List<String> fields = new ArrayList<>(List.of("Authorization: Bearer " + token));
    if (message != null) {
      fields.add("Sec-Token-Binding: " + message);
    }
    return connection.send("GET", "/me", fields, "").status();
  }

  @ParameterizedTest
  @CsvSource({"tomcat, TLSv1.2", "tomcat, TLSv1.3", "jetty, TLSv1.2", "jetty, TLSv1.3"})
  void theRightfulClientPasses_andNoThief_T71(String server, String version) throws Exception {
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate()).withVersion(version).offering(2);
    try (ConfigurableApplicationContext app =
            Boot.start(PKI, PKI.serverCertificate(), settings(server), Application.class);
        TokenBindingConnection rightful = client.connect("localhost", Boot.port(app));
        TokenBindingConnection thief = client.connect("localhost", Boot.port(app))) {
      assertThat(rightful.negotiated()).isEqualTo(2);
      String message = KEY.header(rightful.keyingMaterial());
      assertThat(status(rightful, token(KEY), message)).isEqualTo(200);
      assertThat(status(thief, token(KEY), message)).isEqualTo(401);
      assertThat(status(thief, token(KEY), THIEF.header(thief.keyingMaterial()))).isEqualTo(401);
      assertThat(status(thief, token(KEY), null)).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void theOrderOfTheKeyParametersIsTheConfigured(String server) {
    Map<String, String> settings = settings(server);
    settings.put("holdfast.token-binding.key-parameters", "rsa2048_pkcs1.5, ecdsap256");
    TokenBindingClient client = TokenBindingClient.trusting(PKI.certificate()).offering(2, 1, 0);
    try (ConfigurableApplicationContext app =
            Boot.start(PKI, PKI.serverCertificate(), settings, Application.class);
        TokenBindingConnection connection = client.connect("localhost", Boot.port(app))) {
      assertThat(connection.negotiated()).isZero();
    }
  }

  /** A bundle, a client certificate, HTTP/2: nothing of Boot's own TLS settings is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void sslBundlesClientCertificatesAndHttp2WorkAsBefore(String server) throws Exception {
    Identity identity = PKI.serverCertificate();
    Map<String, String> settings = settings(server);
    String pem = "spring.ssl.bundle.pem.web.";
    settings.put(
        pem + "keystore.certificate",
        identity.writeCertificateChain(folder.resolve("bundle.crt")).toUri().toString());
    settings.put(
        pem + "keystore.private-key",
        identity.writePrivateKey(folder.resolve("bundle.key")).toUri().toString());
    settings.put(
        pem + "truststore.certificate",
        PKI.writeTrustedCertificates(folder.resolve("clients.crt")).toUri().toString());
    settings.put("server.ssl.bundle", "web");
    Identity client = PKI.clientCertificate("CN=client");
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("x5t#S256", client.thumbprint()));
    try (ConfigurableApplicationContext app =
        Boot.start(PKI, PKI.serverCertificate(), settings, Application.class)) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(PKI.sslContext(client))
              .build()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("https://localhost:" + Boot.port(app) + "/certificate"))
                      .header("Authorization", "Bearer " + issuer.jwt(claims))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("CN=client");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @RestController
  static class Application {
    @GetMapping("/me")
    String me(Authentication authentication) {
      return authentication.getName();
    }

    @GetMapping("/certificate")
    String certificate(HttpServletRequest request) {
      Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
      return ((X509Certificate[]) chain)[0].getSubjectX500Principal().getName();
    }
  }
}
