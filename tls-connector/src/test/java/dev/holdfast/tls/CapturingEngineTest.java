package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one connection exports is its own, whatever other connections do with its session (T71). */
@NeedsExporter
class CapturingEngineTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private SSLContext client = clientContext(false);
  private SSLContext server = serverContext(false);

  private static SSLContext clientContext(boolean tickets) {
    return Connection.during(tickets, PKI::sslContext);
  }

  private static SSLContext serverContext(boolean tickets) {
    return Connection.during(
        tickets, () -> ConnectionKeyingMaterial.capturing(PKI.sslContext(PKI.serverCertificate())));
  }

  private Connection open(String protocol) throws SSLException {
    return Connection.open(client, server, protocol);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, false", "TLSv1.2, true", "TLSv1.3, false", "TLSv1.3, true"})
  void bothEndsExportTheSame_newAndResumed(String protocol, boolean tickets) throws SSLException {
    client = clientContext(tickets);
    server = serverContext(tickets);
    Connection fresh = open(protocol).talk();
    assertThat(fresh.ours()).hasSize(32).isEqualTo(fresh.clients());

    long began = fresh.client.engine.getSession().getCreationTime();
    Connection resumed = open(protocol).talk();
    assertThat(resumed.client.engine.getSession().getCreationTime()).isEqualTo(began);
    assertThat(resumed.ours()).isEqualTo(resumed.clients()).isNotEqualTo(fresh.ours());
  }

  /** Why nothing may be exported when a request asks: the session is the other connection's too. */
  @Test
  void aLaterExportFromTheSessionGivesWhatAnotherConnectionSigns_oursDoesNot_T71()
      throws SSLException {
    Connection a = open("TLSv1.2").talk();
    byte[] beforeB = a.ours();
    Connection b = open("TLSv1.2").talk();

    assertThat(a.ours()).isEqualTo(beforeB).isNotEqualTo(b.ours());
    assertThat(b.ours()).isEqualTo(b.clients());
    byte[] lazily = JdkExporter.export(((DelegatingEngine) a.server.engine).delegate.getSession());
    assertThat(lazily).isEqualTo(b.ours()).isNotEqualTo(a.ours());
  }

  /** Exporting when the handshake ends is not soon enough either, if two of them overlap. */
  @Test
  void handshakesThatResumeTheSameSessionAtOnceKeepApart_T71() throws SSLException {
    Connection a = open("TLSv1.2").talk();
    Connection b = open("TLSv1.2").untilTheServerHasAnswered();
    Connection c = open("TLSv1.2").untilTheServerHasAnswered();
    b.goOn();
    byte[] seenByB = b.ours();
    c.goOn();

    // the client's session is shared too: it now exports for whoever heard its ServerHello last
    assertThat(c.ours()).isEqualTo(c.clients());
    assertThat(seenByB).hasSize(32).isNotEqualTo(c.ours()).isNotEqualTo(a.ours());
    assertThat(b.ours()).isEqualTo(seenByB);
  }

  @Test
  void nothingIsKnownBeforeTheHandshakeHasEnded() throws SSLException {
    Connection connection = open("TLSv1.3");
    assertThat(connection.ours()).isNull();
    connection.untilTheServerHasAnswered();
    assertThat(connection.ours()).isNull();
    assertThat(connection.server.isFinished()).isFalse();
    assertThat(connection.goOn().ours()).isNotNull();
  }

  @Test
  void aClientThatRenegotiatesIsCutOff_andNothingIsKnownAnyMore() throws SSLException {
    Connection connection = open("TLSv1.2").talk();
    assertThat(connection.ours()).isNotNull();

    connection.client.engine.beginHandshake();
    assertThatThrownBy(connection::talk)
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("not renegotiated");
    assertThat(connection.ours()).isNull();
    assertThat(connection.server.engine.getDelegatedTask()).isNull();
    assertThat(connection.server.engine.isInboundDone()).isTrue();
    assertThat(connection.server.engine.isOutboundDone()).isTrue();
    assertThatThrownBy(connection.server::work).isInstanceOf(SSLHandshakeException.class);
    assertThat(connection.server.say(5)).isEqualTo(SSLEngineResult.Status.CLOSED);
  }

  @Test
  void aServerThatAsksForARenegotiationIsToldNo() throws SSLException {
    Connection connection = open("TLSv1.2").talk();
    assertThatThrownBy(connection.server.engine::beginHandshake)
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(connection.ours()).isNotNull();
  }

  /** In TLS 1.3 the same call asks for new traffic keys, which export nothing else. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void newTrafficKeysChangeNothing(boolean fromClient) throws SSLException {
    Connection connection = open("TLSv1.3").talk();
    byte[] before = connection.ours();
    (fromClient ? connection.client : connection.server).engine.beginHandshake();
    connection.talk();
    connection.client.say(5);
    connection.talk();
    assertThat(connection.ours()).isEqualTo(before);
  }

  @Test
  void theBytesAreACopy() throws SSLException {
    Connection connection = open("TLSv1.3").talk();
    connection.ours()[0] ^= 1;
    assertThat(connection.ours()).isEqualTo(connection.clients());
  }
}
