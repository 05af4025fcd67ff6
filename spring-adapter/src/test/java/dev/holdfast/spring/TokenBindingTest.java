package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.KeyingMaterialExporter;
import dev.holdfast.testing.RecordingContext;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Token Binding by three properties, in Boot's Tomcat and Jetty, over real TLS. */
class TokenBindingTest {
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

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("holdfast.tokens.issuers[0].issuer", issuer.issuer());
    settings.put(
        "holdfast.tokens.issuers[0].trusted-certificates",
        PKI.writeTrustedCertificates(folder.resolve("issuer.pem")).toString());
    settings.put("holdfast.token-binding.source", "tls");
    settings.put("holdfast.token-binding.negotiation", "configured");
    settings.put("holdfast.token-binding.key-parameters", "ecdsap256");
    settings.put("server.http2.enabled", "true");
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "jetty, TLSv1.2, HTTP_1_1",
    "jetty, TLSv1.3, HTTP_1_1",
    "jetty, TLSv1.3, HTTP_2",
    "tomcat, TLSv1.2, HTTP_1_1",
    "tomcat, TLSv1.3, HTTP_1_1",
    "tomcat, TLSv1.3, HTTP_2",
  })
  @EnabledForJreRange(
      min = JRE.JAVA_25,
      disabledReason = "JDK 25 is the first whose TLS exports keying material")
  void aMessageOfThisConnectionIsTaken_andAReplayOnAnotherRefused_T71(
      String server, String protocol, HttpClient.Version version) throws Exception {
    Map<String, String> settings = settings();
    settings.put(EXCLUDE, server.equals("jetty") ? OF_TOMCAT : OF_JETTY);
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("tbh", KEY.tbh()));
    String token = issuer.jwt(claims);
    try (ConfigurableApplicationContext app =
        Boot.start(PKI, PKI.serverCertificate(), settings, Application.class)) {
      WebServer running = ((ServletWebServerApplicationContext) app).getWebServer();
      assertThat(running.getClass().getSimpleName()).startsWithIgnoringCase(server);
      Caller a = new Caller(app, protocol, version);
      assertThat(a.get(token, null)).isEqualTo(401);
      String message = KEY.header(a.ekm());
      assertThat(a.get(token, message)).isEqualTo(200);
      assertThat(a.get(token, THIEF.header(a.ekm()))).isEqualTo(401);

      Caller b = new Caller(app, protocol, version);
      assertThat(b.get(token, null)).isEqualTo(401);
      assertThat(b.get(token, message)).isEqualTo(401);
      assertThat(b.get(token, KEY.header(b.ekm()))).isEqualTo(200);
      assertThat(a.get(token, message)).isEqualTo(200);
    }
  }

  @Test
  void withoutTheConnectorTheStartStopsAndNamesTheDependency_T101() {
    runner()
        .withClassLoader(
            new FilteredClassLoader(
                name ->
                    name.startsWith("dev.holdfast.tls.")
                        || name.endsWith("services/" + KeyingMaterialExporter.class.getName())))
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("dev.holdfast:holdfast-tls-connector"));
  }

  /** The JDK's TLS exports from 25 on; before, the connector's own stands in. */
  @ParameterizedTest
  @CsvSource({"tomcat, TLSv1.2", "tomcat, TLSv1.3", "jetty, TLSv1.2", "jetty, TLSv1.3"})
  void onAnyJdkAClientIsServedThatDoesNotNegotiate_T71(String server, String protocol)
      throws Exception {
    Map<String, String> settings = settings();
    settings.put(EXCLUDE, server.equals("jetty") ? OF_TOMCAT : OF_JETTY);
    Map<String, Object> claims = issuer.claims(null);
    claims.put("cnf", Map.of("tbh", KEY.tbh()));
    String authorization = "Authorization: Bearer " + issuer.jwt(claims);
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate()).withVersion(protocol);
    try (ConfigurableApplicationContext app =
            Boot.start(PKI, PKI.serverCertificate(), settings, Application.class);
        TokenBindingConnection a = client.connect("localhost", Boot.port(app));
        TokenBindingConnection b = client.connect("localhost", Boot.port(app))) {
      String message = "Sec-Token-Binding: " + KEY.header(a.keyingMaterial());
      assertThat(a.negotiated()).isNull();
      assertThat(a.send("GET", "/me", List.of(authorization, message), "").status()).isEqualTo(200);
      assertThat(b.send("GET", "/me", List.of(authorization, message), "").status()).isEqualTo(401);
      assertThat(a.send("GET", "/me", List.of(authorization), "").status()).isEqualTo(401);
    }
  }

  private static WebApplicationContextRunner runner() {
    return new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastTokenBindingAutoConfiguration.class))
        .withPropertyValues(
            "holdfast.token-binding.source=tls",
            "holdfast.token-binding.negotiation=configured",
            "holdfast.token-binding.key-parameters=ecdsap256");
  }

  /** One client with one connection, whose keying material it knows after its first request. */
  private static final class Caller {
    private final List<SSLEngine> engines = new CopyOnWriteArrayList<>();
    private final HttpClient client;
    private final URI uri;

    Caller(ConfigurableApplicationContext app, String protocol, HttpClient.Version version) {
      SSLContext context =
          new RecordingContext(ConnectionKeyingMaterial.capturing(PKI.sslContext()), engines);
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(new String[] {protocol});
      client =
          HttpClient.newBuilder()
              .sslContext(context)
              .sslParameters(parameters)
              .version(version)
              .build();
      uri = URI.create("https://127.0.0.1:" + Boot.port(app) + "/me");
    }

    byte[] ekm() {
      assertThat(engines).hasSize(1);
      return ConnectionKeyingMaterial.of(engines.get(0).getSession());
    }

    int get(String token, String message) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
      if (message != null) {
        request.header("Sec-Token-Binding", message);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
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
  }
}
