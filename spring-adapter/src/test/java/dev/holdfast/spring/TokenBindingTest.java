package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.exporter.KeyingMaterialExporter;
import dev.holdfast.spring.boot.HoldfastTokenBindingAutoConfiguration;
import dev.holdfast.testing.Http2Call;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.tls.ConnectionKeyingMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** Token Binding by three properties, in Boot's Tomcat and Jetty, over real TLS. */
@Tag("verify")
class TokenBindingTest {
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
  @CsvSource({
    "jetty, TLSv1.2, false",
    "jetty, TLSv1.3, false",
    "jetty, TLSv1.3, true",
    "tomcat, TLSv1.2, false",
    "tomcat, TLSv1.3, false",
    "tomcat, TLSv1.3, true",
  })
  void aMessageOfThisConnectionIsTaken_andAReplayOnAnotherRefused_T71(
      String server, String version, boolean http2) throws Exception {
    Map<String, String> settings = api.settings(server);
    settings.put("holdfast.token-binding.negotiation", "configured");
    settings.put("holdfast.token-binding.key-parameters", "ecdsap256");
    TokenBindingClient client =
        http2 ? api.client(version).withApplicationProtocols("h2") : api.client(version);
    String token = api.token(KEY);
    try (ConfigurableApplicationContext app = api.start(settings);
        TokenBindingConnection first = client.connect("localhost", Boot.port(app));
        TokenBindingConnection second = client.connect("localhost", Boot.port(app))) {
      assertThat(BootParts.serverOf(app)).startsWithIgnoringCase(server);
      assertThat(BootParts.tlsOf(app))
          .isEqualTo(ConnectionKeyingMaterial.hasExporter() ? "TokenBinding" : "Negotiating");
      assertThat(first.applicationProtocol()).isEqualTo(http2 ? "h2" : "");
      assertThat(first.negotiated()).isNull();
      Caller a = new Caller(first);
      assertThat(a.isServed(token, null)).isFalse();
      String message = KEY.header(first.keyingMaterial());
      assertThat(a.isServed(token, message)).isTrue();
      assertThat(a.isServed(token, THIEF.header(first.keyingMaterial()))).isFalse();

      Caller b = new Caller(second);
      assertThat(b.isServed(token, null)).isFalse();
      assertThat(b.isServed(token, message)).isFalse();
      assertThat(b.isServed(token, KEY.header(second.keyingMaterial()))).isTrue();
      assertThat(a.isServed(token, message)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"handshake", "configured"})
  void withoutTheConnectorTheStartStopsAndNamesTheDependency_T101(String negotiation) {
    runner()
        .withPropertyValues("holdfast.token-binding.negotiation=" + negotiation)
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

  private static WebApplicationContextRunner runner() {
    return new WebApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(HoldfastTokenBindingAutoConfiguration.class))
        .withPropertyValues(
            "holdfast.token-binding.source=tls", "holdfast.token-binding.key-parameters=ecdsap256");
  }

  /** HTTP in the version that the connection has agreed on. */
  private static final class Caller {
    private final TokenBindingConnection connection;
    private final @Nullable Http2Call http2;

    Caller(TokenBindingConnection connection) throws IOException {
      this.connection = connection;
      this.http2 =
          connection.applicationProtocol().equals("h2")
              ? new Http2Call(connection.input(), connection.output())
              : null;
    }

    boolean isServed(String token, @Nullable String message) throws IOException {
      if (http2 != null) {
        String[] fields = BoundTokenApi.fields(token, message).toArray(String[]::new);
        return http2.get("/me", fields).equals("alice");
      }
      int status = BoundTokenApi.status(connection, token, message);
      assertThat(status).isIn(200, 401);
      return status == 200;
    }
  }
}
