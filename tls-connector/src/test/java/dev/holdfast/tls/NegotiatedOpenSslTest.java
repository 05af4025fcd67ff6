package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL, which shares no code with it, against the TLS that negotiates. */
@Tag("whole")
class NegotiatedOpenSslTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  @TempDir private Path directory;

  private OpenSsl openSsl;

  @BeforeEach
  void find() {
    openSsl = OpenSsl.installedOrSkip(directory);
  }

  private static Served serve(Container container) throws Exception {
    return container.start(PKI, ExportServlet.atEkm(), TlsLayer.NEGOTIATING);
  }

  @ParameterizedTest
  @CsvSource({
    "TOMCAT, -tls1_2", "TOMCAT, -tls1_3",
    "JETTY, -tls1_2", "JETTY, -tls1_3",
    "UNDERTOW, -tls1_2", "UNDERTOW, -tls1_3",
  })
  void keyingMaterialIsEqual_andTls12Resumes(Container container, String protocol)
      throws Exception {
    Path session = directory.resolve("session.pem");
    try (Served server = serve(container)) {
      OpenSsl.Talk fresh =
          openSsl.talk(
              server.port(), OpenSsl.ONE_REQUEST, protocol, "-sess_out", session.toString());
      assertThat(fresh.answers()).containsExactly(fresh.exported());
      if (protocol.equals("-tls1_2")) {
        assertThat(Files.size(session)).isPositive();
        OpenSsl.Talk resumed =
            openSsl.talk(
                server.port(), OpenSsl.ONE_REQUEST, protocol, "-sess_in", session.toString());
        assertThat(resumed.isResumed()).isTrue();
        assertThat(resumed.answers()).containsExactly(resumed.exported());
        assertThat(resumed.exported()).isNotEqualTo(fresh.exported());
      }
    }
  }

  /** The first key share is of a group that is not taken: HelloRetryRequest. */
  @ParameterizedTest
  @EnumSource
  void anotherGroupIsAskedFor(Container container) throws Exception {
    try (Served server = serve(container)) {
      OpenSsl.Talk talk =
          openSsl.talk(server.port(), OpenSsl.ONE_REQUEST, "-tls1_3", "-groups", "ffdhe2048:P-384");
      assertThat(talk.answers()).containsExactly(talk.exported());
      assertThat(talk.output()).contains("ECDH, secp384r1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutExtendedMasterSecretRequestsAreServed_andNothingIsExported(Container container)
      throws Exception {
    try (Served server = serve(container)) {
      OpenSsl.Talk talk =
          openSsl.withoutExtendedMasterSecret().talk(server.port(), OpenSsl.ONE_REQUEST, "-tls1_2");
      assertThat(talk.output()).contains("Extended master secret: no");
      assertThat(talk.answers()).containsExactly("nothing");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatRenegotiatesIsCutOff(Container container) throws Exception {
    try (Served server = serve(container)) {
      OpenSsl.Talk talk = openSsl.talk(server.port(), OpenSsl.RENEGOTIATION, "-tls1_2");
      assertThat(talk.output()).contains("RENEGOTIATING", "handshake failure");
      assertThat(talk.answers()).containsExactly(talk.exported());
    }
  }

  /** New traffic keys, asked for by the client, whose answer is new keys too. */
  @ParameterizedTest
  @EnumSource
  void newTrafficKeysAreAnswered(Container container) throws Exception {
    try (Served server = serve(container)) {
      OpenSsl.Talk talk =
          openSsl.talk(
              server.port(),
              List.of(
                  new OpenSsl.Line("Keying material", OpenSsl.GET + "\r\n"),
                  new OpenSsl.Line("HTTP/1.1 200", "K\n"),
                  new OpenSsl.Line("KEYUPDATE", OpenSsl.GET + "Connection: close\r\n\r\n")),
              "-tls1_3");
      assertThat(talk.answers()).containsExactly(talk.exported(), talk.exported());
    }
  }
}
