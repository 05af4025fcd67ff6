package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What a TLS 1.2 session is resumed for, and what it is not. */
class ResumptionTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  private final SSLContext client = PKI.sslContext();
  private final SSLContext server;

  ResumptionTest() throws Exception {
    server = Pair.server(PKI);
  }

  private Pair pair() {
    return Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15);
  }

  private static byte[] id(Pair pair) {
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.finished).hasSize(1);
    return pair.server.engine.getSession().getId();
  }

  @Test
  void aCipherSuiteThatIsNoLongerEnabledIsNotResumed() throws Exception {
    Pair first = pair().talk();
    String before = first.server.engine.getSession().getCipherSuite();
    Pair second = pair();
    second.server.engine.setEnabledCipherSuites(
        List.of(second.server.engine.getEnabledCipherSuites()).stream()
            .filter(suite -> !suite.equals(before))
            .toArray(String[]::new));
    second.talk();
    assertThat(id(second)).isNotEqualTo(id(first));
    assertThat(second.server.engine.getSession().getCipherSuite()).isNotEqualTo(before);
  }

  @Test
  void whereNewSessionsAreNotAllowedNobodyGetsOne() throws Exception {
    Pair pair = pair();
    pair.server.engine.setEnableSessionCreation(false);
    pair.talk();
    assertThat(pair.server.failure).isNotNull();
    assertThat(pair.server.finished).isEmpty();
  }

  /** RFC 6066 section 3. */
  @Test
  void aSessionIsResumedUnderItsOwnServerNameOnly() throws IOException {
    TokenBindingClient localhost =
        TokenBindingClient.trusting(PKI.certificate()).withVersion("TLSv1.2");
    assertThat(talk(localhost).isResumed()).isFalse();
    assertThat(talk(localhost.resuming()).isResumed()).isTrue();
    TokenBindingClient other = localhost.resuming().withExtension(0, serverName("two.example"));
    assertThat(talk(other).isResumed()).isFalse();
  }

  /** RFC 7627 section 5.2. */
  @Test
  void aSessionWithoutExtendedMasterSecretIsNotKept() throws IOException {
    TokenBindingClient with = TokenBindingClient.trusting(PKI.certificate()).withVersion("TLSv1.2");
    assertThat(isKept(with)).isTrue();
    assertThat(isKept(with.withoutExtendedMasterSecret())).isFalse();
  }

  private boolean isKept(TokenBindingClient client) throws IOException {
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    assertThat(NegotiationTest.talk(client, end).isConnected()).isTrue();
    ResumableSessions sessions = (ResumableSessions) server.getServerSessionContext();
    return sessions.find(end.engine.getSession().getId()) != null;
  }

  private TokenBindingExchange talk(TokenBindingClient client) throws IOException {
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    TokenBindingExchange exchange = NegotiationTest.talk(client, end);
    assertThat(end.failure).isNull();
    assertThat(exchange.isConnected()).isTrue();
    return exchange;
  }

  /** A list of one name, each length in two bytes, the name's kind in one. */
  private static byte[] serverName(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(5 + text.length)
        .putShort((short) (3 + text.length))
        .put((byte) 0)
        .putShort((short) text.length)
        .put(text)
        .array();
  }
}
