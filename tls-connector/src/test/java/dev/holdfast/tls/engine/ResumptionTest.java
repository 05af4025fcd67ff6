package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import dev.holdfast.tls.engine.session.ResumableSession;
import dev.holdfast.tls.engine.session.ResumableSessions;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a TLS 1.2 session is resumed for, and what it is not. */
@Tag("verify")
class ResumptionTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int AES_128 = 0xc02b;
  private static final int AES_256 = 0xc02c;

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

  /** RFC 5246 section 7.4.1.2: a client that resumes must offer the session's own suite. */
  @Test
  void aCipherSuiteThatIsNotOfferedIsNotResumed() throws Exception {
    Pair first = pair();
    first.client.engine.setEnabledCipherSuites(
        new String[] {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"});
    byte[] id = id(first.talk());
    byte[] same = answer(hello(id).withSuites(AES_128, AES_256));
    assertThat(RawHello.sessionId(same)).isEqualTo(id);
    assertThat(RawHello.suite(same)).isEqualTo(AES_256);
    byte[] other = answer(hello(id).withSuites(AES_128));
    assertThat(RawHello.sessionId(other)).hasSize(32).isNotEqualTo(id);
    assertThat(RawHello.suite(other)).isEqualTo(AES_128);
  }

  /** RFC 7627 section 5.3. */
  @Test
  void aSessionWithExtendedMasterSecretIsNotResumedWithoutIt() throws Exception {
    byte[] id = id(pair().talk());
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    end.take(hello(id).without(RawHello.EXTENDED_MASTER_SECRET).encoded());
    assertThat(end.failure).hasMessageContaining("handshake_failure");
  }

  /** Without a server's name: the JDK's client names no localhost either. */
  private static RawHello hello(byte[] session) {
    return RawHello.offeringTokenBinding().withSuites(AES_128, AES_256).resuming(session);
  }

  private byte[] answer(RawHello hello) {
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    byte[] flight = end.take(hello.encoded());
    assertThat(end.failure).isNull();
    return flight;
  }

  /** Each connection has a copy of the secret, which ends with it. */
  @Test
  void oneThatBreaksOffDoesNotDisturbAnother() throws Exception {
    byte[] id = id(pair().talk());
    Pair second = pair();
    second.client.engine.beginHandshake();
    byte[] flight = second.server.take(second.client.take(new byte[0]));
    EngineEnd broken = new EngineEnd(server.createSSLEngine());
    assertThat(RawHello.sessionId(broken.take(hello(id).encoded()))).isEqualTo(id);
    broken.take(new byte[] {22, 3, 3, 0, 4, 20, 0, 0, 0});
    assertThat(broken.failure).isNotNull();

    byte[] last = second.server.take(second.client.take(flight));
    second.client.take(last);
    second.clientSays(new byte[] {1, 2, 3});
    assertThat(second.server.text.toByteArray()).containsExactly(1, 2, 3);
    assertThat(id(second)).isEqualTo(id);
    assertThat(id(pair().talk())).as("RFC 5246 section 7.2.2").isNotEqualTo(id);
  }

  @Test
  void aSessionEndsWithAFatalAlert_C58() throws Exception {
    Pair first = pair().talk();
    byte[] id = id(first);
    assertThat(id(pair().talk())).as("it is resumed").isEqualTo(id);

    byte[] changed = first.client.say(new byte[] {1, 2, 3});
    changed[changed.length - 1] ^= 1;
    first.server.take(changed);
    assertThat(first.server.failure).hasMessageContaining("bad_record_mac");

    assertThat(id(pair().talk())).as("RFC 5246 section 7.2.2").isNotEqualTo(id);
  }

  @Test
  void aSessionEndsWithAFatalAlertThatIsReceived_C58() throws Exception {
    Pair first = pair().talk();
    byte[] id = id(first);
    byte[] changed = first.server.say(new byte[] {1, 2, 3});
    changed[changed.length - 1] ^= 1;
    byte[] alert = first.client.take(changed);
    assertThat(first.client.failure).isNotNull();
    first.server.take(alert);
    assertThat(first.server.failure).hasMessageContaining("bad_record_mac");

    assertThat(id(pair().talk())).as("RFC 5246 section 7.2.2").isNotEqualTo(id);
  }

  @Test
  void aSessionEndsWithAFatalAlertWhileItIsResumed_C58() throws Exception {
    byte[] id = id(pair().talk());
    EngineEnd resuming = new EngineEnd(server.createSSLEngine());
    assertThat(RawHello.sessionId(resuming.take(hello(id).encoded()))).isEqualTo(id);
    resuming.take(new byte[] {21, 3, 3, 0, 2, 2, 40});
    assertThat(resuming.failure).hasMessageContaining("handshake_failure");

    assertThat(id(pair().talk())).as("RFC 5246 section 7.2.2").isNotEqualTo(id);
  }

  /** What is kept for an hour is a secret and certificates, no connection with its buffers. */
  @Test
  void aSessionThatIsKeptDoesNotKeepItsConnection() throws Exception {
    SSLContext certified = PKI.sslContext(PKI.clientCertificate("CN=client"));
    Pair pair = Pair.of(certified, server, "TLSv1.2", 1 << 20, 1 << 15);
    pair.server.engine.setNeedClientAuth(true);
    byte[] id = id(pair.talk());
    WeakReference<Object> engine = new WeakReference<>(pair.server.engine);
    pair = null;
    long end = System.nanoTime() + 20_000_000_000L;
    while (engine.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(engine.get()).isNull();
    ResumableSession kept = ((ResumableSessions) server.getServerSessionContext()).find(id);
    assertThat(kept.hasPeer()).isTrue();
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
