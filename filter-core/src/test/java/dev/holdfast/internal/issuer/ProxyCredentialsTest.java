package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.Validity;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C85: a proxy that wants a password gets it, and nobody else does. */
@Tag("verify")
class ProxyCredentialsTest {
  private static final String HOST = "as.example"; // known to the proxy alone
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("gate:keeper".getBytes(ISO_8859_1));
  private static final String OPEN = "HTTP/1.1 200 Established\r\n\r\n";
  private static final String REFUSED =
      "HTTP/1.1 407 \r\nProxy-Authenticate: Basic realm=gate\r\nContent-Length: 2\r\n\r\nno";

  private final @Nullable ProxySelector before = ProxySelector.getDefault();
  private final @Nullable Authenticator authenticatorBefore = Authenticator.getDefault();
  private final ThrowAwayPki pki = ThrowAwayPki.create();
  private final List<String> askedFor = new CopyOnWriteArrayList<>();
  private @Nullable ScriptedServer proxy;
  private String issuerAnswers = SPECIMEN;
  private ScriptedServer issuer;

  @BeforeEach
  void start() throws IOException {
    issuer =
        new ScriptedServer(
            pki.sslContext(pki.serverCertificate(Validity.current(), List.of(HOST)))
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(issuerAnswers);
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    RecordedLog.stop();
    ProxySelector.setDefault(before);
    Authenticator.setDefault(authenticatorBefore);
    issuer.close();
    if (proxy != null) {
      proxy.close();
    }
  }

  /** The system's proxy, which asks for a password unless it gets this one. */
  private void proxyThatWants(String credentials, String refusal) throws IOException {
    ScriptedServer started =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              String request = exchange.lastRequest();
              if (request.contains("\r\nProxy-Authorization: " + credentials + "\r\n")) {
                exchange.write(OPEN);
                exchange.relayTo(issuer.port(), () -> 0);
              } else {
                exchange.write(refusal);
              }
            });
    proxy = started;
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(
                new Proxy(
                    Proxy.Type.HTTP,
                    InetSocketAddress.createUnresolved("localhost", started.port())));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
  }

  private void jvmKnowsThePassword() {
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            askedFor.add(getRequestingHost() + ":" + getRequestingPort());
            return getRequestorType() == RequestorType.PROXY
                ? new PasswordAuthentication("gate", "keeper".toCharArray())
                : null;
          }
        });
  }

  private IssuerCall call() {
    return IssuerHttp.of(pki.sslContext(), Calls.LONG, 1000)
        .post(URI.create("https://" + HOST + "/introspect"), "Basic c2VjcmV0");
  }

  @Test
  void aProxyThatAsksForAPasswordGetsTheOneThatTheJvmKnows_C85() throws IOException {
    proxyThatWants(BASIC, REFUSED);
    jvmKnowsThePassword();
    IssuerCall call = call();
    assertThat(answer(call).body()).asString().isEqualTo("{}");
    answer(call);
    assertThat(proxy.requests).hasSize(2);
    assertThat(proxy.requests.get(0)).doesNotContain("Proxy-Authorization");
    assertThat(issuer.requests).hasSize(2);
    assertThat(issuer.requests).noneMatch(request -> request.contains("Proxy-Authorization"));
    assertThat(askedFor).containsOnly("localhost:" + proxy.port());
  }

  @Test
  void thePasswordMayBeASystemProperty_C85() throws IOException {
    proxyThatWants(BASIC, REFUSED);
    List<String> names =
        List.of("https.proxyHost", "https.proxyPort", "https.proxyUser", "https.proxyPassword");
    List<String> values = List.of("localhost", "" + proxy.port(), "gate", "keeper");
    try {
      for (int i = 0; i < names.size(); i++) {
        System.setProperty(names.get(i), values.get(i));
      }
      assertThat(answer(call()).status()).isEqualTo(200);
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REFUSED,
        "HTTP/1.1 407 \r\nProxy-Authenticate: Basic realm=x\r\n\r\n",
        "HTTP/1.1 407 \r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 407 \r\nProxy-Authenticate: =,=\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 407 \r\nContent-Length: 999999999\r\n\r\n"
      })
  void withoutTheRightPasswordThereIsNoTunnel_C85(String refusal) throws IOException {
    proxyThatWants("another", refusal);
    assertThat(unavailable(call()))
        .isEqualTo("the exchange with the issuer failed: the proxy opens no tunnel: status 407");
    jvmKnowsThePassword();
    assertThat(unavailable(call())).endsWith("the proxy opens no tunnel: status 407");
    assertThat(proxy.requests).hasSizeLessThanOrEqualTo(3); // a wrong one is not tried twice
    assertThat(issuer.connections).isEmpty();
  }

  /** It could say that any token is active. */
  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 400, 403, 500})
  void whatAProxySaysIsNeverTakenForTheIssuersAnswer(int status) throws IOException {
    proxyThatWants("another", SPECIMEN.replace("200", String.valueOf(status)));
    assertThat(unavailable(call())).endsWith("the proxy opens no tunnel: status " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 407 \r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 \r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
      })
  void anIssuerThatAsksForAPasswordGetsNone(String asking) throws IOException {
    issuerAnswers = asking;
    proxyThatWants(BASIC, REFUSED);
    jvmKnowsThePassword();
    assertThat(answer(call()).status()).isIn(401, 407);
    assertThat(issuer.requests).hasSize(1);
    assertThat(issuer.requests.get(0)).doesNotContain(BASIC);
    assertThat(askedFor).noneMatch(host -> host.startsWith(HOST));
  }

  @Test
  void thePasswordIsNotLogged() throws IOException {
    proxyThatWants(BASIC, REFUSED);
    jvmKnowsThePassword();
    List<String> log = RecordedLog.start();
    answer(call());
    assertThat(log).isNotEmpty();
    assertThat(log).noneMatch(line -> line.contains("keeper") || line.contains(BASIC));
  }
}
