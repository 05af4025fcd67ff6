package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that shares no code with this one exports the same. */
@NeedsExporter
class OpenSslTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  @TempDir private Path directory;

  private OpenSsl openSsl;

  @BeforeEach
  void find() {
    openSsl = OpenSsl.installedOrSkip(directory);
  }

  private static Served serve(Container container, boolean tickets) {
    return Connection.during(tickets, () -> container.start(PKI, ExportServlet.atEkm()));
  }

  @ParameterizedTest
  @CsvSource({
    "TOMCAT, -tls1_2, -no_ticket",
    "TOMCAT, -tls1_2, -no_comp",
    "TOMCAT, -tls1_3, -no_comp",
    "JETTY, -tls1_2, -no_ticket",
    "JETTY, -tls1_2, -no_comp",
    "JETTY, -tls1_3, -no_comp",
    "UNDERTOW, -tls1_2, -no_ticket",
    "UNDERTOW, -tls1_2, -no_comp",
    "UNDERTOW, -tls1_3, -no_comp",
  })
  void keyingMaterialIsEqual_newAndResumed(Container container, String protocol, String option)
      throws Exception {
    Path session = directory.resolve("session.pem");
    try (Served server = serve(container, !option.equals("-no_ticket"))) {
      OpenSsl.Talk fresh =
          openSsl.talk(
              server.port(),
              OpenSsl.ONE_REQUEST,
              protocol,
              option,
              "-sess_out",
              session.toString());
      assertThat(fresh.answers()).containsExactly(fresh.exported());
      assertThat(fresh.isResumed()).isFalse();

      assertThat(Files.size(session)).isPositive();
      OpenSsl.Talk resumed =
          openSsl.talk(
              server.port(), OpenSsl.ONE_REQUEST, protocol, option, "-sess_in", session.toString());
      assertThat(resumed.isResumed()).isTrue();
      assertThat(resumed.answers()).containsExactly(resumed.exported());
      assertThat(resumed.exported()).isNotEqualTo(fresh.exported());
    }
  }

  /** RFC 7627 section 5.1; RFC 8471 section 4.2. The connection works, and proves nothing. */
  @ParameterizedTest
  @EnumSource(Container.class)
  void withoutExtendedMasterSecretNothingIsExported_andRequestsAreServed(Container container)
      throws Exception {
    try (Served server = serve(container, true)) {
      OpenSsl.Talk talk =
          openSsl.withoutExtendedMasterSecret().talk(server.port(), OpenSsl.ONE_REQUEST, "-tls1_2");
      assertThat(talk.output()).contains("Extended master secret: no");
      assertThat(talk.answers()).containsExactly("nothing");
    }
  }

  @ParameterizedTest
  @EnumSource(Container.class)
  void aClientThatRenegotiatesGetsNothingMore(Container container) throws Exception {
    try (Served server = serve(container, true)) {
      OpenSsl.Talk talk = openSsl.talk(server.port(), OpenSsl.RENEGOTIATION, "-tls1_2");
      assertThat(talk.output()).contains("RENEGOTIATING");
      assertThat(talk.answers()).containsExactly(talk.exported());
    }
  }
}
