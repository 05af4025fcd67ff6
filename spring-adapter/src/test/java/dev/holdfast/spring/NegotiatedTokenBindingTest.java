package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Token Binding by one property, negotiated in the handshake, on every JDK. */
@Tag("verify")
class NegotiatedTokenBindingTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingKey KEY = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  private static final TokenBindingKey THIEF = TokenBindingKey.generate(TokenBindingKey.ECDSAP256);
  @TempDir private static Path folder;
  private static BoundTokenApi api;

  @BeforeAll
  static void start() {
    api = BoundTokenApi.issuing(PKI, folder);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({"tomcat, TLSv1.2", "tomcat, TLSv1.3", "jetty, TLSv1.2", "jetty, TLSv1.3"})
  void theRightfulClientPasses_andNoThief_T71(String server, String version) throws Exception {
    TokenBindingClient client = api.client(version).offering(2);
    try (ConfigurableApplicationContext app = api.start(api.settings(server));
        TokenBindingConnection rightful = client.connect("localhost", Boot.port(app));
        TokenBindingConnection thief = client.connect("localhost", Boot.port(app))) {
      assertThat(rightful.negotiated()).isEqualTo(2);
      String message = KEY.header(rightful.keyingMaterial());
      assertThat(BoundTokenApi.status(rightful, api.token(KEY), message)).isEqualTo(200);
      assertThat(BoundTokenApi.status(thief, api.token(KEY), message)).isEqualTo(401);
      assertThat(BoundTokenApi.status(thief, api.token(KEY), THIEF.header(thief.keyingMaterial())))
          .isEqualTo(401);
      assertThat(BoundTokenApi.status(thief, api.token(KEY), null)).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void theOrderOfTheKeyParametersIsTheConfigured(String server) {
    Map<String, String> settings = api.settings(server);
    settings.put("holdfast.token-binding.key-parameters", "rsa2048_pkcs1.5, ecdsap256");
    TokenBindingClient client = api.client("TLSv1.3").offering(2, 1, 0);
    try (ConfigurableApplicationContext app = api.start(settings);
        TokenBindingConnection connection = client.connect("localhost", Boot.port(app))) {
      assertThat(connection.negotiated()).isZero();
    }
  }

  /** A bundle, a client certificate, HTTP/2: nothing of Boot's own TLS settings is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "jetty"})
  void sslBundlesClientCertificatesAndHttp2WorkAsBefore(String server) throws Exception {
    Map<String, String> settings = withBundle(server, PKI.serverCertificate());
    Identity client = PKI.clientCertificate("CN=client");
    String token = api.token("x5t#S256", client.thumbprint());
    try (ConfigurableApplicationContext app = api.start(settings)) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(PKI.sslContext(client))
              .build()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("https://localhost:" + Boot.port(app) + "/certificate"))
                      .header("Authorization", "Bearer " + token)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("CN=client");
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }
  }

  /** Boot reloads in Tomcat, and in no other servlet container. */
  @Test
  void aBundleThatChangesIsReloaded() throws Exception {
    Identity before = PKI.serverCertificate();
    Identity after = PKI.serverCertificate();
    Map<String, String> settings = withBundle("tomcat", before);
    settings.put("spring.ssl.bundle.pem.web.reload-on-update", "true");
    settings.put("spring.ssl.bundle.watch.file.quiet-period", "100ms");
    TokenBindingClient client = api.client("TLSv1.3").offering(2);
    try (ConfigurableApplicationContext app = api.start(settings);
        TokenBindingConnection open = client.connect("localhost", Boot.port(app))) {
      assertThat(presented(app)).isEqualTo(before.certificate());
      ThrowAwayPki others = ThrowAwayPki.create();
      Identity late = others.clientCertificate("CN=late");
      TokenBindingClient trustedLater = api.client("TLSv1.2").offering(2).withIdentity(late);
      assertThatThrownBy(() -> trustedLater.connect("localhost", Boot.port(app)))
          .isInstanceOf(UncheckedIOException.class);
      others.writeTrustedCertificates(file("clients.crt"), PKI.certificate());
      write(after);
      Instant end = Instant.now().plusSeconds(60);
      while (!presented(app).equals(after.certificate()) && Instant.now().isBefore(end)) {
        Thread.onSpinWait(); // each look is a handshake
      }
      assertThat(presented(app)).isEqualTo(after.certificate());
      try (TokenBindingConnection later = client.connect("localhost", Boot.port(app));
          TokenBindingConnection taken = trustedLater.connect("localhost", Boot.port(app))) {
        for (TokenBindingConnection one : List.of(open, later, taken)) {
          assertThat(one.negotiated()).isEqualTo(2);
          String message = KEY.header(one.keyingMaterial());
          assertThat(BoundTokenApi.status(one, api.token(KEY), message)).isEqualTo(200);
        }
      }
    }
  }

  private static Map<String, String> withBundle(String server, Identity identity) {
    write(identity);
    Map<String, String> settings = api.settings(server);
    String pem = "spring.ssl.bundle.pem.web.";
    settings.put(pem + "keystore.certificate", file("bundle.crt").toUri().toString());
    settings.put(pem + "keystore.private-key", file("bundle.key").toUri().toString());
    settings.put(
        pem + "truststore.certificate",
        PKI.writeTrustedCertificates(file("clients.crt")).toUri().toString());
    settings.put("server.ssl.bundle", "web");
    return settings;
  }

  private static void write(Identity identity) {
    identity.writeCertificateChain(file("bundle.crt"));
    identity.writePrivateKey(file("bundle.key"));
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  private static Certificate presented(ConfigurableApplicationContext app) throws IOException {
    SSLSocketFactory sockets =
        PKI.sslContext(PKI.clientCertificate("CN=looker")).getSocketFactory();
    try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", Boot.port(app))) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }
}
