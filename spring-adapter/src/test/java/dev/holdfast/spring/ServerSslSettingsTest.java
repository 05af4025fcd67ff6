package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What Boot lets one set of TLS holds with the connector, or the start says that it does not. */
@Tag("verify")
class ServerSslSettingsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity CLIENT = PKI.clientCertificate("CN=client");
  private static final String PASSWORD = "in memory only";
  private static final String SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
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
  @ValueSource(strings = {"tomcat", "jetty"})
  void storesAliasProtocolsSuitesAndNeedHold(String server) throws Exception {
    Identity other = PKI.serverCertificate();
    Identity named = PKI.serverCertificate();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    for (Map.Entry<String, Identity> entry : Map.of("a", other, "named", named).entrySet()) {
      Identity identity = entry.getValue();
      keys.setKeyEntry(
          entry.getKey(),
          identity.privateKey(),
          PASSWORD.toCharArray(),
          identity.chain().toArray(Certificate[]::new));
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", PKI.certificate());
    Map<String, String> settings = api.settings(server);
    settings.put("server.ssl.key-store", stored(keys, "keys.p12"));
    settings.put("server.ssl.key-store-password", PASSWORD);
    settings.put("server.ssl.key-alias", "named");
    settings.put("server.ssl.trust-store", stored(trusted, "trusted.p12"));
    settings.put("server.ssl.trust-store-password", PASSWORD);
    settings.put("server.ssl.client-auth", "need");
    settings.put("server.ssl.protocol", "TLSv1.2");
    settings.put("server.ssl.enabled-protocols", "TLSv1.1,TLSv1.2");
    settings.put("server.ssl.ciphers", "TLS_RSA_WITH_AES_128_CBC_SHA," + SUITE);
    SSLContext tls = PKI.sslContext(CLIENT);
    try (ConfigurableApplicationContext app = api.start(settings);
        TokenBindingConnection bound =
            api.client("TLSv1.2")
                .offering(2)
                .withIdentity(CLIENT)
                .connect("localhost", Boot.port(app))) {
      assertThat(bound.negotiated()).isEqualTo(2);
      SSLSession session = session(app, tls, null, "TLSv1.2");
      assertThat(session.getPeerCertificates()[0]).isEqualTo(named.certificate());
      assertThat(session.getCipherSuite()).isEqualTo(SUITE);
      assertThatThrownBy(() -> session(app, tls, null, "TLSv1.3")).isInstanceOf(SSLException.class);
      assertThatThrownBy(() -> session(app, PKI.sslContext(), null, "TLSv1.2"))
          .isInstanceOf(IOException.class);
    }
  }

  private static String stored(KeyStore store, String name) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file.toUri().toString();
  }

  /**
   * Shakes hands.
   *
   * @param name what the client asks for; null: nothing, as Jetty would go by it, not by the alias
   */
  private static SSLSession session(
      ConfigurableApplicationContext app, SSLContext tls, @Nullable String name, String version)
      throws IOException {
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket("localhost", Boot.port(app))) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {version});
      if (name != null) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      socket.setSSLParameters(parameters);
      socket.setSoTimeout(20_000);
      socket.startHandshake();
      return socket.getSession();
    }
  }

  private static Map<String, String> byName(String server) {
    Map<String, String> settings = api.settings(server);
    for (String name : List.of("one", "two")) {
      Identity identity = PKI.serverCertificate(Validity.current(), List.of(name + ".example"));
      Path chain = identity.writeCertificateChain(folder.resolve(name + ".crt"));
      Path key = identity.writePrivateKey(folder.resolve(name + ".key"));
      String bundle = "spring.ssl.bundle.pem." + name + ".keystore.";
      settings.put(bundle + "certificate", chain.toUri().toString());
      settings.put(bundle + "private-key", key.toUri().toString());
    }
    settings.put("server.ssl.bundle", "one");
    settings.put("server.ssl.server-name-bundles[0].server-name", "two.example");
    settings.put("server.ssl.server-name-bundles[0].bundle", "two");
    return settings;
  }

  @Test
  void eachServersNameHasItsBundle() throws Exception {
    try (ConfigurableApplicationContext app = api.start(byName("tomcat"))) {
      for (String version : List.of("TLSv1.2", "TLSv1.3")) {
        for (String name : List.of("one.example", "two.example", "three.example")) {
          SSLContext tls = PKI.sslContext(); // a session that it resumed would bring its own name
          assertThat(session(app, tls, name, version).getPeerPrincipal().getName())
              .isEqualTo(name.equals("two.example") ? "CN=two.example" : "CN=one.example");
        }
      }
    }
  }

  /** Boot's own answer. */
  @Test
  void bundlesByNameAreRefusedInJetty() {
    assertThatThrownBy(() -> api.start(byName("jetty")))
        .rootCause()
        .hasMessageContaining("Server name SSL bundles are not supported");
  }

  @ParameterizedTest
  @CsvSource({
    "tomcat, None of the [ciphers] specified are supported",
    "jetty, no cipher suite that is supported here",
  })
  void suitesOfWhichNoneIsSpokenHereStopTheStart(String server, String text) {
    Map<String, String> settings = api.settings(server);
    settings.put("server.ssl.ciphers", "TLS_RSA_WITH_AES_128_CBC_SHA");
    settings.put("server.ssl.enabled-protocols", "TLSv1.2");
    assertThatThrownBy(() -> api.start(settings)).rootCause().hasMessageContaining(text);
  }
}
