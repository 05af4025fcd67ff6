package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Combinations;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.tls.Container.ClientCertificates;
import dev.holdfast.tls.Curl.Http;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL and curl with a certificate, with none, and with one of an unknown authority. */
@Tag("verify")
class ClientCertificateTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final List<OpenSsl.Line> ASK =
      List.of(
          new OpenSsl.Line(
              "Keying material",
              "GET /certificate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));

  @TempDir private static Path directory;
  private static final Map<String, Served> SERVERS = new ConcurrentHashMap<>();
  private static final CertificateServlet APPLICATION = new CertificateServlet();
  private static OpenSsl openSsl;
  private static Curl curl;
  private static Credentials client;
  private static Credentials stranger;

  /** A client's certificate and key, as PEM; and what the application is to see of it. */
  private record Credentials(Path chain, Path key, String seen) {
    static Credentials of(Identity identity, String name) {
      return new Credentials(
          identity.writeCertificateChain(directory.resolve(name + ".crt")),
          identity.writePrivateKey(directory.resolve(name + ".key")),
          CertificateServlet.digest(identity.certificate()));
    }

    String[] options(String certificate, String privateKey, String... more) {
      List<String> options =
          new ArrayList<>(List.of(certificate, chain.toString(), privateKey, key.toString()));
      options.addAll(Arrays.asList(more));
      return options.toArray(String[]::new);
    }
  }

  @BeforeAll
  static void prepare() throws Exception {
    openSsl = OpenSsl.installedOrSkip(directory);
    curl =
        Curl.installedOrSkip(directory, PKI.writeTrustedCertificates(directory.resolve("ca.pem")));
    client = Credentials.of(PKI.clientCertificate("CN=client"), "client");
    stranger = Credentials.of(ThrowAwayPki.create().clientCertificate("CN=client"), "stranger");
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(Served::close);
  }

  static Stream<Arguments> situations() {
    return Combinations.of(
        Container.values(), ClientCertificates.values(), new String[] {"1.2", "1.3"});
  }

  private static Served server(Container container, ClientCertificates wanted) {
    return SERVERS.computeIfAbsent(
        container + " " + wanted,
        name -> {
          try {
            return container.start(
                PKI,
                APPLICATION.atCertificate(),
                TlsLayer.NEGOTIATING,
                Container.Tuning.with(wanted));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("situations")
  void openSslIsSeenWithItsCertificateOrRefused(
      Container container, ClientCertificates wanted, String tls) throws Exception {
    int port = server(container, wanted).port();
    String version = "-tls" + tls.replace('.', '_');
    OpenSsl.Talk known = openSsl.talk(port, ASK, client.options("-cert", "-key", version));
    assertThat(known.answers()).containsExactly(client.seen());

    int reached = APPLICATION.reached();
    OpenSsl.Talk unknown = openSsl.talk(port, ASK, stranger.options("-cert", "-key", version));
    assertThat(unknown.answers()).isEmpty();
    assertThat(unknown.output()).contains("alert certificate unknown");
    OpenSsl.Talk silent = openSsl.talk(port, ASK, version);
    if (wanted == ClientCertificates.WANTED) {
      assertThat(silent.answers()).containsExactly(CertificateServlet.NOTHING);
    } else {
      assertThat(silent.answers()).isEmpty();
      assertThat(silent.output())
          .contains(tls.equals("1.2") ? "alert handshake failure" : "alert certificate required");
    }
    assertThat(APPLICATION.reached() - reached)
        .isEqualTo(wanted == ClientCertificates.WANTED ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("situations")
  void curlIsSeenWithItsCertificateOrRefused(
      Container container, ClientCertificates wanted, String tls) throws Exception {
    URI uri = server(container, wanted).uri("/certificate");
    for (Http http : Http.values()) {
      Curl.Ended known = curl.call(uri, tls, http, client.options("--cert", "--key"));
      assertThat(known.output()).startsWith(client.seen());
      assertThat(known.spoken()).isEqualTo(Curl.spoken(http, tls));

      int reached = APPLICATION.reached();
      Curl.Ended unknown = curl.call(uri, tls, http, stranger.options("--cert", "--key"));
      assertThat(unknown.status()).as(unknown.output()).isNotZero();
      Curl.Ended silent = curl.call(uri, tls, http);
      if (wanted == ClientCertificates.WANTED) {
        assertThat(silent.output()).startsWith(CertificateServlet.NOTHING);
      } else {
        assertThat(silent.status()).as(silent.output()).isNotZero();
      }
      assertThat(APPLICATION.reached() - reached)
          .isEqualTo(wanted == ClientCertificates.WANTED ? 1 : 0);
    }
  }

  /** The second connection sends no certificate: what the first has shown holds for its session. */
  @ParameterizedTest
  @MethodSource("situations")
  void aResumedSessionKeepsItsCertificate(
      Container container, ClientCertificates wanted, String tls) throws Exception {
    int port = server(container, wanted).port();
    String version = "-tls" + tls.replace('.', '_');
    String session = directory.resolve("session.pem").toString();
    openSsl.talk(port, ASK, client.options("-cert", "-key", version, "-sess_out", session));
    OpenSsl.Talk resumed = openSsl.talk(port, ASK, version, "-sess_in", session);
    if (tls.equals("1.2")) {
      assertThat(resumed.isResumed()).isTrue();
      assertThat(resumed.answers()).containsExactly(client.seen());
    } else { // nothing is resumed, so that nobody is who he was before
      assertThat(resumed.isResumed()).isFalse();
      assertThat(resumed.answers()).doesNotContain(client.seen());
    }
  }
}
