package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system's proxy is used, and what it cannot do is an outage: never a direct connection. */
@Tag("verify")
class IssuerProxyTest {
  private static final String HOST = "as.example"; // known to the proxy alone

  private final @Nullable ProxySelector before = ProxySelector.getDefault();
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private ScriptedServer issuer;

  private static void systemNames(Proxy... proxies) {
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(proxies);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
  }

  @BeforeEach
  void start() throws IOException {
    issuer =
        new ScriptedServer(
            pki.sslContext(pki.serverCertificate(Validity.current(), List.of(HOST)))
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(SPECIMEN);
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    ProxySelector.setDefault(before);
    issuer.close();
  }

  private static Proxy proxy(Proxy.Type type, int port) {
    return new Proxy(type, InetSocketAddress.createUnresolved("localhost", port));
  }

  private IssuerCall call() {
    return IssuerHttp.of(pki.sslContext(), Calls.LONG, 1000)
        .post(URI.create("https://" + HOST + "/introspect"), "Basic c2VjcmV0");
  }

  private ScriptedServer tunnel(String reply) throws IOException {
    return new ScriptedServer(
        exchange -> {
          exchange.readRequest();
          exchange.write(reply);
          exchange.relayTo(issuer.port(), () -> 0);
        });
  }

  @Test
  void aTunnelIsAskedForAndTlsIsSpokenThroughIt() throws IOException {
    try (ScriptedServer proxy = tunnel("HTTP/1.1 200 Established\r\n\r\n")) {
      systemNames(proxy(Proxy.Type.HTTP, proxy.port()));
      IssuerCall call = call();
      answer(call);
      answer(call);
      assertThat(proxy.requests)
          .containsExactly(
              "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\nUser-Agent: Holdfast\r\n\r\n"
                  .formatted("as.example:443"));
      assertThat(issuer.requests).hasSize(2);
      assertThat(issuer.requests.get(0)).contains("\r\nHost: as.example\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n",
        "HTTP/1.1 200 Established\r\n\r\nx",
        "SSH-2.0-x\r\n"
      })
  void aProxyThatOpensNoTunnelIsAnOutage(String reply) throws IOException {
    try (ScriptedServer proxy = tunnel(reply)) {
      systemNames(proxy(Proxy.Type.HTTP, proxy.port()));
      assertThat(unavailable(call())).startsWith("the exchange with the issuer failed: the ");
      assertThat(issuer.connections.size()).isLessThanOrEqualTo(1); // the proxy's own
      assertThat(issuer.requests).isEmpty();
    }
  }

  @Test
  void theNextProxyIsTriedWhenTheFirstIsNotThere() throws IOException {
    try (ScriptedServer proxy = tunnel("HTTP/1.1 200 Established\r\n\r\n")) {
      systemNames(proxy(Proxy.Type.HTTP, 1), proxy(Proxy.Type.HTTP, proxy.port()));
      assertThat(answer(call()).status()).isEqualTo(200);
    }
  }

  @Test
  void aProxyThatIsNotThereIsAnOutage() {
    systemNames(proxy(Proxy.Type.HTTP, 1));
    assertThat(unavailable(call())).endsWith("ConnectException");
  }

  /** SOCKS 5 (RFC 1928): no authentication, the name unresolved. */
  @Test
  void aSocksProxyIsUsedAndResolvesTheName() throws IOException {
    try (ScriptedServer proxy =
        new ScriptedServer(
            exchange -> {
              InputStream in = exchange.socket.getInputStream();
              byte[] greeting = in.readNBytes(2);
              in.readNBytes(greeting[1]);
              exchange.write("\u0005\u0000");
              byte[] head = in.readNBytes(5);
              String host = new String(in.readNBytes(head[4]), US_ASCII);
              in.readNBytes(2);
              assertThat(host).isEqualTo(HOST);
              exchange.write("\u0005\u0000\u0000\u0001\u007f\u0000\u0000\u0001\u0000P");
              exchange.relayTo(issuer.port(), () -> 0);
            })) {
      systemNames(proxy(Proxy.Type.SOCKS, proxy.port()));
      assertThat(answer(call()).status()).isEqualTo(200);
    }
  }

  @Test
  void plainHttpOnThisMachineNeverGoesToAProxy() throws IOException {
    systemNames(proxy(Proxy.Type.HTTP, 1));
    try (ScriptedServer server = ScriptedServer.answering(SPECIMEN)) {
      assertThat(answer(Calls.post(server.uri())).status()).isEqualTo(200);
    }
  }
}
