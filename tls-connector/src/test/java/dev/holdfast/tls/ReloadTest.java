package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Identity;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import dev.holdfast.tls.tomcat.NegotiatingSslImplementation;
import dev.holdfast.tokenbinding.message.KeyParameters;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A key and a certificate are replaced by each container's own means while it runs. */
@Tag("verify")
class ReloadTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(container -> Stream.of("TLSv1.2", "TLSv1.3").map(v -> Arguments.of(container, v)));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void newConnectionsGetTheNewCertificate_andOldOnesGoOn(Container container, String version)
      throws Exception {
    Identity fresh = PKI.serverCertificate();
    TokenBindingClient offering =
        TokenBindingClient.trusting(PKI.certificate()).offering(2).withVersion(version);
    SSLContext tls = PKI.sslContext();
    try (Served server = container.start(PKI, ExportServlet.atEkm(), TlsLayer.NEGOTIATING);
        TlsClient old = TlsClient.connect(tls, server.port(), version);
        TokenBindingConnection bound = offering.connect("localhost", server.port())) {
      String before = old.get("/ekm");
      assertThat(before).hasSize(64);
      assertThat(old.certificate()).isNotEqualTo(fresh.certificate());

      server.reload().with(fresh);

      try (TlsClient next = TlsClient.connect(PKI.sslContext(), server.port(), version)) {
        assertThat(next.certificate()).isEqualTo(fresh.certificate());
        assertThat(next.get("/ekm")).hasSize(64).isNotEqualTo(before);
      }
      try (TlsClient again = TlsClient.connect(tls, server.port(), version)) {
        assertThat(again.certificate()).isEqualTo(fresh.certificate()); // nothing is resumed
      }
      try (TokenBindingConnection next = offering.connect("localhost", server.port())) {
        assertThat(next.negotiated()).isEqualTo(2);
      }
      assertThat(old.get("/ekm")).isEqualTo(before);
      assertThat(bound.send("GET", "/ekm", List.of(), "").status()).isEqualTo(200);
    }
  }

  /** Tomcat makes what carries them by its class's name. */
  @Test
  void aReloadKeepsTheConnectorsKeyParameters_notThoseOfALaterOne() throws Exception {
    try (Served server = Container.TOMCAT.start(PKI, ExportServlet.atEkm(), TlsLayer.NEGOTIATING)) {
      NegotiatingSslImplementation.install(new Connector(), List.of(KeyParameters.RSA2048_PSS));
      server.reload().with(PKI.serverCertificate());
      try (TokenBindingConnection next =
          TokenBindingClient.trusting(PKI.certificate())
              .offering(2)
              .connect("localhost", server.port())) {
        assertThat(next.negotiated()).isEqualTo(2);
      }
    } finally {
      NegotiatingSslImplementation.install(new Connector(), List.of());
    }
  }
}
