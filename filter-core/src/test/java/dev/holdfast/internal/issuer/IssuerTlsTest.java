package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.internal.issuer.connection.NameLookup;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T81: who is talked to, and that what TLS adds is held to the same rules. */
@Tag("verify")
class IssuerTlsTest {
  private static final NameLookup LOOPBACK =
      host -> new InetAddress[] {InetAddress.getLoopbackAddress()};

  private final ThrowAwayPki pki = ThrowAwayPki.create();

  private ServerSocket listener(InetAddress address, List<String> names, String protocol)
      throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            pki.sslContext(pki.serverCertificate(Validity.current(), names))
                .getServerSocketFactory()
                .createServerSocket(0, 50, address);
    listener.setEnabledProtocols(new String[] {protocol});
    return listener;
  }

  private ScriptedServer server(String name, String protocol) throws IOException {
    return new ScriptedServer(
        listener(InetAddress.getLoopbackAddress(), List.of(name), protocol),
        exchange -> {
          while (exchange.readRequest()) {
            exchange.write(SPECIMEN);
          }
        });
  }

  private IssuerCall call(String host, int port, Duration deadline) {
    return IssuerHttp.of(pki.sslContext(), deadline, 1000, LOOPBACK)
        .post(URI.create("https://" + host + ":" + port + "/introspect"), null);
  }

  private IssuerCall call(String host, int port) {
    return call(host, port, Calls.LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theHostIsNamedAndOneConnectionServesManyRequests(String protocol) throws IOException {
    try (ScriptedServer server = server("as.example", protocol)) {
      IssuerCall call = call("as.example", server.port());
      for (int i = 0; i < 3; i++) {
        assertThat(answer(call).status()).isEqualTo(200);
      }
      assertThat(server.connections).hasSize(1);
      assertThat(server.requests.get(2)).contains("\r\nHost: as.example:" + server.port() + "\r\n");
      SSLSocket socket = (SSLSocket) server.connections.get(0).socket;
      assertThat(((ExtendedSSLSession) socket.getSession()).getRequestedServerNames())
          .extracting(SNIServerName::getEncoded)
          .containsExactly("as.example".getBytes(US_ASCII));
    }
  }

  @Test
  void aServerWithAnotherNameIsSentNothing_T81() throws IOException {
    try (ScriptedServer server = server("as.example", "TLSv1.3")) {
      assertThat(unavailable(call("as.example.evil.example", server.port())))
          .isEqualTo(
              "the exchange with the issuer failed: the issuer's certificate does not fit the host"
                  + " name. Write the address with a name that its certificate has");
      assertThat(answer(call("as.example", server.port())).status()).isEqualTo(200);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aServerThatTheJvmDoesNotTrustIsSentNothingByDefault_T81() throws IOException {
    try (ScriptedServer server = server("as.example", "TLSv1.3")) {
      IssuerCall call =
          IssuerHttp.of(null, Calls.LONG, 1000, LOOPBACK)
              .post(URI.create("https://as.example:" + server.port()), null);
      assertThat(unavailable(call))
          .isEqualTo(
              "the exchange with the issuer failed: the issuer's certificate is not trusted here."
                  + " Set holdfast.tokens.issuers[].trusted-certificates to a PEM file of the authority that"
                  + " issued it");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void anAddressAsHostIsVerifiedToo_T81() throws IOException {
    InetAddress ipv6 = InetAddress.getAllByName("::1")[0];
    assumeTrue(NetworkInterface.getByInetAddress(ipv6) != null, "there is no IPv6 here");
    try (ScriptedServer server =
        new ScriptedServer(
            listener(ipv6, List.of("::1"), "TLSv1.3"),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(SPECIMEN);
              }
            })) {
      IssuerHttp http = IssuerHttp.of(pki.sslContext(), Calls.LONG, 1000);
      String uri = "https://[::1]:" + server.port();
      assertThat(answer(http.post(URI.create(uri), null)).status()).isEqualTo(200);
      assertThat(server.requests.get(0)).contains("\r\nHost: [::1]:" + server.port() + "\r\n");
    }
    try (ScriptedServer server = server("localhost", "TLSv1.3")) {
      assertThat(unavailable(call("127.0.0.1", server.port())))
          .contains("certificate does not fit the host name");
      assertThat(answer(call("localhost", server.port())).status()).isEqualTo(200);
    }
  }

  /** Each read below TLS is in time; all of them together are not. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRecordOfOneByteAtATimeIsCutOffAtTheDeadline_T74(String protocol) throws IOException {
    AtomicLong pause = new AtomicLong();
    Duration deadline = Duration.ofSeconds(2);
    try (ScriptedServer server = server("as.example", protocol);
        ScriptedServer relay =
            new ScriptedServer(exchange -> exchange.relayTo(server.port(), pause::get))) {
      IssuerCall call = call("as.example", relay.port(), deadline);
      answer(call);
      pause.set(150);
      long start = System.nanoTime();
      assertThat(unavailable(call)).isEqualTo("the issuer did not answer in time");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.multipliedBy(3));
      assertThat(relay.connections).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aKeptConnectionThatTheServerTookLeaveOfIsReplaced_T83(String protocol) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            listener(InetAddress.getLoopbackAddress(), List.of("as.example"), protocol),
            exchange -> {
              exchange.readRequest();
              exchange.write(SPECIMEN);
            })) {
      IssuerCall call = call("as.example", server.port());
      for (int i = 0; i < 4; i++) {
        assertThat(answer(call).status()).isEqualTo(200);
      }
      assertThat(server.requests).hasSize(4);
    }
  }

  /** The rest of a record waits inside TLS, where the wire does not show it. */
  @Test
  void anAnswerThatNobodyAskedForIsNeverTakenFromARecordEither() throws Exception {
    String filler = "HTTP/1.1 200 OK\r\nX: %s\r\nContent-Length: 2\r\n\r\n{}";
    String first = filler.formatted("y".repeat(8 * 1024 - filler.length() + 2));
    assertThat(first).hasSize(8 * 1024); // all that one read takes
    try (ScriptedServer server =
        new ScriptedServer(
            listener(InetAddress.getLoopbackAddress(), List.of("as.example"), "TLSv1.3"),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(
                    exchange.number == 0 ? first + SPECIMEN.replace("{}", "[]") : SPECIMEN);
              }
            })) {
      IssuerCall call = call("as.example", server.port());
      answer(call);
      assertThat(answer(call).body()).asString().isEqualTo("{}");
      assertThat(server.connections).hasSize(2);
    }
  }
}
