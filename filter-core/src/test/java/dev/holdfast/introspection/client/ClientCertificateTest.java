package dev.holdfast.introspection.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.holdfast.internal.files.UnusableFileException;
import dev.holdfast.internal.issuer.IssuerCall;
import dev.holdfast.internal.issuer.IssuerHttp;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.SettableClock;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 8705 section 2 over real TLS, and what happens when the files change. */
@Tag("verify")
class ClientCertificateTest {
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final Identity selfSigned = ThrowAwayPki.selfSigned("CN=api");
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<Certificate> seen = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> peers = new CopyOnWriteArrayList<>();
  @TempDir private Path directory;
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException {
    SSLContext context = pki.sslContext(pki.serverCertificate(), selfSigned.certificate());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters demanding = context.getDefaultSSLParameters();
            demanding.setNeedClientAuth(true);
            parameters.setSSLParameters(demanding);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          seen.add(((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
          peers.add(exchange.getRemoteAddress());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 2);
          try (exchange) {
            exchange.getResponseBody().write(new byte[] {'{', '}'});
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private ClientCertificate written(Identity identity) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", pki.certificate());
    trust.init(store);
    write(identity);
    return ClientCertificate.of(
        "api", "holdfast.key", key(), certificate(), trust.getTrustManagers(), clock);
  }

  private Path key() {
    return directory.resolve("key.pem");
  }

  private Path certificate() {
    return directory.resolve("certificate.pem");
  }

  private void write(Identity identity) {
    identity.writePrivateKey(key());
    identity.writeCertificateChain(certificate());
  }

  private int ask(IssuerCall call) throws Exception {
    return call.send(new byte[] {'a', '=', 'b'}).get(30, TimeUnit.SECONDS).status();
  }

  @ParameterizedTest
  @EnumSource
  void theConnectionShowsTheCertificate(KeyKind kind) throws Exception {
    Identity api = pki.clientCertificate("CN=api", kind, Validity.current());
    ClientCertificate credential = written(api);
    assertThat(credential.parameters()).isEqualTo("&client_id=api");
    assertThat(credential.authorization()).isNull();
    try (IssuerHttp http = http(credential)) {
      assertThat(ask(call(http))).isEqualTo(200);
      assertThat(seen).containsExactly(api.certificate());
    }
  }

  @Test
  void aSelfSignedOneIsShownAsWell() throws Exception {
    try (IssuerHttp http = http(written(selfSigned))) {
      assertThat(ask(call(http))).isEqualTo(200);
      assertThat(seen).containsExactly(selfSigned.certificate());
    }
  }

  @Test
  void noKeptConnectionIsUsedThatBeganWithAnEarlierCertificate() throws Exception {
    Identity first = pki.clientCertificate("CN=api");
    Identity second = pki.clientCertificate("CN=api");
    ClientCertificate credential = written(first);
    try (IssuerHttp http = http(credential)) {
      IssuerCall call = call(http);
      ask(call);
      ask(call);
      assertThat(peers.get(1)).as("a kept connection").isEqualTo(peers.get(0));
      SSLContext before = credential.tls().get();
      write(second);
      clock.advance(Duration.ofSeconds(1));
      assertThat(Await.within(Duration.ofSeconds(20), () -> credential.tls().get() != before))
          .isTrue();
      ask(call);
      ask(call);
      assertThat(peers.get(3)).as("kept again").isEqualTo(peers.get(2));
    }
    assertThat(seen)
        .containsExactly(
            first.certificate(), first.certificate(), second.certificate(), second.certificate());
  }

  private IssuerHttp http(ClientCertificate credential) {
    return IssuerHttp.of(null, Duration.ofSeconds(30), 100).withKeyOf(credential.tls());
  }

  private IssuerCall call(IssuerHttp http) {
    return http.post(
        URI.create("https://localhost:" + server.getAddress().getPort() + "/introspect"), null);
  }

  @Test
  void aKeyAndACertificateThatDoNotFitAreRefused() throws Exception {
    ClientCertificate credential = written(pki.clientCertificate("CN=api"));
    SSLContext before = credential.tls().get();
    pki.clientCertificate("CN=api").writePrivateKey(key());
    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(1));
      assertThat(credential.tls().get()).as("half of a change").isSameAs(before);
    }
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(
            () -> ClientCertificate.of("api", "holdfast.key", key(), certificate(), null, clock))
        .withMessage("the key is not that of the certificate");
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(() -> ClientCertificate.of("api", "holdfast.key", key(), key(), null, clock))
        .withMessage("the file of the certificate has none in PEM");
  }
}
