package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.RecordingContext;
import dev.holdfast.testing.ThrowAwayPki;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
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
    List<SSLEngine> engines = new CopyOnWriteArrayList<>();
    SSLContext context =
        new RecordingContext(ConnectionKeyingMaterial.capturing(PKI.sslContext()), engines);
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    try (Served server = serve(container, tickets)) {
      HttpClient client =
          HttpClient.newBuilder().sslContext(context).sslParameters(parameters).build();
      HttpRequest request = HttpRequest.newBuilder(server.uri("/ekm")).build();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (container != Container.UNDERTOW || protocol.equals("TLSv1.2")) {
          assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
        assertThat(answer.body())
            .isEqualTo(
                HexFormat.of().formatHex(ConnectionKeyingMaterial.of(engines.get(0).getSession())));
      }
      assertThat(engines).hasSize(1);
    }
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
