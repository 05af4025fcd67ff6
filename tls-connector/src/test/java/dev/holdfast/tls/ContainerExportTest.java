package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Http2Call;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingConnection;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Over real TLS a servlet knows what its client exports, and nobody else's (T71). */
@NeedsExporter
class ContainerExportTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  static Stream<Arguments> situations() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of("TLSv1.2", "TLSv1.3")
                    .flatMap(
                        protocol ->
                            Stream.of(true, false)
                                .map(tickets -> Arguments.of(container, protocol, tickets))));
  }

  static Served serve(Container container, boolean tickets) {
    return Connection.during(tickets, () -> container.start(PKI, ExportServlet.atEkm()));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void aNewAResumedAndTheFirstConnectionAgainAllKnowTheirOwn_T71(
      Container container, String protocol, boolean tickets) throws Exception {
    SSLContext context = Connection.during(tickets, PKI::sslContext);
    try (Served server = serve(container, tickets);
        TlsClient a = TlsClient.connect(context, server.port(), protocol)) {
      assertThat(a.get("/ekm")).isEqualTo(a.ekmInHex());
      long began = a.sessionBegan();
      try (TlsClient b = TlsClient.connect(context, server.port(), protocol)) {
        assertThat(b.sessionBegan()).isEqualTo(began);
        assertThat(b.ekm()).isNotEqualTo(a.ekm());
        assertThat(a.get("/ekm")).isEqualTo(a.ekmInHex());
        assertThat(b.get("/ekm")).isEqualTo(b.ekmInHex());
        assertThat(a.get("/ekm")).isEqualTo(a.ekmInHex());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  void http2IsNegotiated_andEveryStreamKnowsItsConnection_T97(
      Container container, String protocol, boolean tickets) throws Exception {
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate())
            .withVersion(protocol)
            .withApplicationProtocols("h2", "http/1.1");
    try (Served server = serve(container, tickets);
        TokenBindingConnection first = client.connect("localhost", server.port());
        TokenBindingConnection second = client.connect("localhost", server.port())) {
      assertThat(first.applicationProtocol()).isEqualTo("h2");
      Http2Call ofFirst = new Http2Call(first.input(), first.output());
      Http2Call ofSecond = new Http2Call(second.input(), second.output());
      for (int i = 0; i < 3; i++) {
        assertThat(ofFirst.get("/ekm")).isEqualTo(hex(first.keyingMaterial()));
        assertThat(ofSecond.get("/ekm")).isEqualTo(hex(second.keyingMaterial()));
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void withoutAnyAlpnTheConnectionWorks(Container container) throws Exception {
    try (Served server = serve(container, true);
        TlsClient client = TlsClient.connect(PKI.sslContext(), server.port(), "TLSv1.3")) {
      assertThat(client.get("/ekm")).hasSize(64);
    }
  }
}
