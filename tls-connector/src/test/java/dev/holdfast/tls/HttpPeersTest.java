package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Combinations;
import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The JDK's, Jetty's and Netty's clients, with a certificate, and with content both ways. */
@Tag("whole")
class HttpPeersTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Identity IDENTITY = PKI.clientCertificate("CN=client");
  private static final Map<Container, Served> SERVERS = new EnumMap<>(Container.class);
  private static final Transfer TRANSFER = new Transfer(2);

  @BeforeAll
  static void start() throws Exception {
    for (Container container : Container.values()) {
      SERVERS.put(
          container,
          container.start(
              PKI,
              (classes, context) -> {
                new CertificateServlet().atCertificate().onStartup(classes, context);
                TRANSFER.atData().onStartup(classes, context);
              },
              TlsLayer.NEGOTIATING,
              Container.Tuning.with(Container.ClientCertificates.NEEDED)));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(Served::close);
  }

  static Stream<Arguments> situations() {
    return Combinations.of(
        Container.values(),
        HttpPeer.values(),
        new String[] {"TLSv1.2", "TLSv1.3"},
        new Boolean[] {false, true});
  }

  @ParameterizedTest
  @MethodSource("situations")
  void everyRequestOfAConnectionIsServed(
      Container container, HttpPeer peer, String tls, boolean http2) throws Exception {
    HttpPeer.Terms terms =
        new HttpPeer.Terms(SERVERS.get(container).port(), PKI, IDENTITY, tls, http2);
    try (HttpPeer.Client client = peer.open(terms)) {
      for (int i = 0; i < 2; i++) {
        HttpPeer.Reply seen = client.send("/certificate", null);
        assertThat(text(seen)).isEqualTo(CertificateServlet.digest(IDENTITY.certificate()));
        assertThat(seen.http()).isEqualTo(http2 ? "h2" : "http/1.1");
        assertThat(seen.suite()).startsWith(tls.equals("TLSv1.2") ? "TLS_ECDHE_" : "TLS_AES_");
        assertThat(text(client.send("/data", TRANSFER.bytes()))).isEqualTo(TRANSFER.digest());
        byte[] down = text(client.send("/data", null)).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Transfer.digest(new ByteArrayInputStream(down))).isEqualTo(TRANSFER.digest());
      }
    }
  }

  private static String text(HttpPeer.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }
}
