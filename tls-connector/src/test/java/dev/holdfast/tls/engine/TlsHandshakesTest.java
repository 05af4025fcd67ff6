package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.tls.engine.TlsHandshakes.Statistics;
import dev.holdfast.tls.engine.session.HandshakeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator learns of handshakes, by figures and in the log. */
class TlsHandshakesTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final Logger LOGGER = Logger.getLogger("dev.holdfast.tls");

  private final SSLContext server;
  private final Statistics before = TlsHandshakes.statistics();
  private final List<LogRecord> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  TlsHandshakesTest() throws Exception {
    server = Pair.server(PKI);
  }

  @BeforeEach
  void listen() {
    LOGGER.setLevel(Level.FINE);
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    LOGGER.setLevel(null);
  }

  private static long more(Map<String, Long> now, Map<String, Long> then, String key) {
    return now.getOrDefault(key, 0L) - then.getOrDefault(key, 0L);
  }

  private long refused(String alert) {
    return more(TlsHandshakes.statistics().refused(), before.refused(), alert);
  }

  private long abandoned(String alert) {
    return more(TlsHandshakes.statistics().abandoned(), before.abandoned(), alert);
  }

  private EngineEnd end() {
    return new EngineEnd(server.createSSLEngine());
  }

  private static long all(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void assertFailuresAre(int refused, int abandoned) {
    Statistics now = TlsHandshakes.statistics();
    assertThat(all(now.refused()) - all(before.refused())).isEqualTo(refused);
    assertThat(all(now.abandoned()) - all(before.abandoned())).isEqualTo(abandoned);
    assertThat(lines).hasSize(refused + abandoned);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void handshakesAreCountedByVersionAndTokenBinding_C62(String version) throws Exception {
    TokenBindingClient client = TokenBindingClient.trusting(PKI.certificate()).withVersion(version);
    NegotiationTest.talk(client, end());
    NegotiationTest.talk(client.offering(2), end());
    Statistics now = TlsHandshakes.statistics();
    assertThat(more(now.completed(), before.completed(), version)).isEqualTo(2);
    assertThat(more(now.tokenBinding(), before.tokenBinding(), version)).isEqualTo(1);
    assertThat(all(now.completed()) - all(before.completed())).isEqualTo(2);
    assertThat(now.resumed()).isEqualTo(before.resumed());
    assertFailuresAre(0, 0);
  }

  @Test
  void resumptionsAreCounted_C62() throws Exception {
    TokenBindingClient client =
        TokenBindingClient.trusting(PKI.certificate()).withVersion("TLSv1.2");
    NegotiationTest.talk(client, end());
    NegotiationTest.talk(client.resuming(), end());
    assertThat(TlsHandshakes.statistics().resumed() - before.resumed()).isEqualTo(1);
  }

  @Test
  void anAlertThatIsSentIsCountedAndLogged_C62() {
    RawHello malformed = RawHello.offeringTokenBinding().with(RawHello.TOKEN_BINDING, new byte[1]);
    end().take(malformed.encoded());
    assertThat(refused("decode_error")).isEqualTo(1);
    assertFailuresAre(1, 0);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.FINE);
    assertThat(lines.get(0).getMessage())
        .contains("alert sent: decode_error", "malformed token_binding extension");
  }

  @Test
  void whatIsNoTlsIsCountedToo_C62() {
    end().take("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertFailuresAre(1, 0);
  }

  @Test
  void anAlertThatIsReceivedIsCountedAndLogged_C62() {
    EngineEnd end = end();
    end.take(new RawHello().encoded());
    end.take(new byte[] {21, 3, 3, 0, 2, 2, 48});
    assertThat(abandoned("unknown_ca")).isEqualTo(1);
    assertFailuresAre(0, 1);
    assertThat(lines.get(0).getMessage()).contains("alert received: unknown_ca");
  }

  /** Whatever number a client sends: the names are few. */
  @Test
  void anUnknownAlertIsOther_C62() {
    EngineEnd end = end();
    end.take(new RawHello().encoded());
    end.take(new byte[] {21, 3, 3, 0, 2, 2, (byte) 199});
    assertThat(abandoned("other")).isEqualTo(1);
    assertThat(TlsHandshakes.causes())
        .contains("other", "unknown_ca", "decode_error", HandshakeFigures.CUT)
        .hasSizeLessThan(45)
        .containsAll(TlsHandshakes.statistics().abandoned().keySet())
        .containsAll(TlsHandshakes.statistics().refused().keySet());
  }

  @Test
  void aClientThatGivesUpIsCountedOnce_C62() {
    EngineEnd end = end();
    end.take(new RawHello().encoded());
    end.take(new byte[] {21, 3, 3, 0, 2, 1, 0}); // close_notify
    assertThat(abandoned("close_notify")).isEqualTo(1);
    assertFailuresAre(0, 1);
  }

  @Test
  void aHandshakeThatIsCutIsCountedOnce_C62() {
    EngineEnd end = end();
    end.take(new RawHello().encoded());
    assertThatThrownBy(end.engine::closeInbound).isNotNull();
    end.take(new byte[0]);
    end.engine.closeOutbound();
    assertThat(refused(HandshakeFigures.CUT)).isEqualTo(1);
    assertFailuresAre(1, 0);
  }

  /** After the handshake it is a connection that fails, and none that was not made. */
  @Test
  void aConnectionThatFailsLaterIsNoFailedHandshake_C62() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15).talk();
    byte[] record = pair.client.say(new byte[] {1});
    record[record.length - 1] ^= 1;
    pair.server.take(record);
    assertThat(pair.server.failure).isNotNull();
    assertFailuresAre(0, 0);
  }
}
