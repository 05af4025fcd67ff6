package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import dev.holdfast.tls.engine.handshake.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest client sends, or not so much of it. */
@Tag("verify")
class HostilePeerTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = context();

  private final HoldfastSslEngine engine = (HoldfastSslEngine) SERVER.createSSLEngine();
  private final EngineEnd end = new EngineEnd(engine);

  private static SSLContext context() {
    try {
      return Pair.server(PKI);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<Integer, byte[]> answer(RawHello hello) {
    return RawHello.answered(end.take(hello.encoded()));
  }

  @Test
  void bothExtensionsTogetherAreAnswered() {
    assertThat(answer(RawHello.offeringTokenBinding()).get(RawHello.TOKEN_BINDING))
        .containsExactly(1, 0, 1, 2);
  }

  /** RFC 8472 section 3, condition 3. */
  @ParameterizedTest
  @ValueSource(ints = {RawHello.EXTENDED_MASTER_SECRET, RawHello.RENEGOTIATION_INFO})
  void withoutEitherThereIsNoAnswer(int missing) {
    Map<Integer, byte[]> answered = answer(RawHello.offeringTokenBinding().without(missing));
    assertThat(answered).doesNotContainKeys(RawHello.TOKEN_BINDING, missing);
  }

  @Test
  void aHandshakeCutAnywhereLeavesNothingBehind() throws Exception {
    byte[] hello = RawHello.offeringTokenBinding().encoded();
    for (int length = 0; length < hello.length; length++) {
      EngineEnd cut = new EngineEnd(SERVER.createSSLEngine());
      assertThat(cut.take(Arrays.copyOf(hello, length))).isEmpty();
      assertThat(cut.failure).isNull();
      if (length > 0) {
        assertThatThrownBy(cut.engine::closeInbound).isInstanceOf(SSLException.class);
        cut.take(new byte[0]);
      } else {
        cut.engine.closeInbound();
      }
      cut.engine.closeOutbound();
      cut.say(new byte[0]);
      assertThat(cut.engine.isInboundDone()).isTrue();
      assertThat(cut.engine.isOutboundDone()).isTrue();
      assertThat(cut.finished).isEmpty();
    }
  }

  /** Whatever is changed in a first flight, the end is a handshake that goes on, or an alert. */
  @Test
  void aChangedByteNeverDoesMoreThanEndTheHandshake() throws Exception {
    byte[] hello = RawHello.offeringTokenBinding().encoded();
    Random random = new Random(7);
    for (int i = 0; i < 600; i++) {
      byte[] changed = hello.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      EngineEnd fuzzed = new EngineEnd(SERVER.createSSLEngine());
      byte[] said = fuzzed.take(changed);
      if (fuzzed.failure != null) {
        assertThat(said[said.length - 7]).as("an alert").isEqualTo((byte) 21);
        assertThat(fuzzed.engine.isOutboundDone()).isTrue();
      }
      assertThat(fuzzed.finished).isEmpty();
    }
  }

  @Test
  void bytesAtRandomAreNoTls() {
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      EngineEnd noisy = new EngineEnd(SERVER.createSSLEngine());
      noisy.take(noise);
      assertThat(noisy.finished).isEmpty();
      if (noise.length >= 5 && noise[0] != 22) {
        assertThat(noisy.failure).isNotNull();
      }
    }
  }

  @Test
  void aMessageThatAnnouncesTooMuchIsRefusedAtOnce() {
    byte[] hello = RawHello.offeringTokenBinding().encoded();
    hello[6] = 1; // 65,536 bytes and more
    end.take(hello);
    assertThat(end.failure).hasMessageContaining("exceeds the maximum");
  }

  @Test
  void aHandshakeInCountlessRecordsIsTooLarge() {
    byte[] hello = RawHello.offeringTokenBinding().with(21, new byte[31_000]).encoded();
    byte[] one = {22, 3, 1, 0, 1, 0};
    int records = 0;
    while (end.failure == null && records < hello.length) {
      one[5] = hello[5 + records++];
      end.take(one);
    }
    assertThat(end.failure).hasMessageContaining("too large");
    assertThat(records * one.length).isLessThanOrEqualTo(4 * 32_768 + one.length);
  }

  private TokenBindingExchange connected() throws Exception {
    TokenBindingExchange exchange =
        TokenBindingClient.trusting(PKI.certificate()).offering(2).exchange();
    end.take(exchange.take(end.take(exchange.begin())));
    assertThat(end.finished).hasSize(1);
    return exchange;
  }

  @Test
  void recordsThatSayNothingComeToAnEnd() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15).talk();
    for (int i = 0; i <= Limits.IDLE_RECORDS && pair.server.failure == null; i++) {
      pair.client.engine.beginHandshake(); // a key update
      pair.talk();
    }
    assertThat(pair.server.failure).hasMessageContaining("say nothing");
  }

  @Test
  void aChangedRecordEndsTheConnection() throws Exception {
    TokenBindingExchange exchange = connected();
    byte[] record = exchange.say(new byte[] {1, 2, 3});
    record[record.length - 1] ^= 1;
    byte[] said = end.take(record);
    assertThat(end.text.size()).isZero();
    assertThat(end.failure).hasMessageContaining("bad_record_mac");
    assertThat(said).isNotEmpty();
    assertThat(engine.isInboundDone()).isTrue();
    assertThat(engine.isOutboundDone()).isTrue();
  }

  /** The server asks for new keys after 2^20 records; the JDK's client answers each time. */
  @Test
  void anAnswerThatWasAskedForIsNotCounted_C55() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15).talk();
    ByteBuffer text = ByteBuffer.allocate(1);
    ByteBuffer unread = ByteBuffer.allocate(200);
    for (int record = 0; record <= 1 << 20; record++) {
      pair.server.engine.wrap(text.clear(), unread.clear());
    }
    for (int said = 0; said <= Limits.IDLE_RECORDS; said++) {
      pair.client.engine.beginHandshake(); // a key update
      pair.server.take(pair.client.take(new byte[0]));
    }
    assertThat(pair.server.failure).isNull();
    pair.client.engine.beginHandshake();
    pair.server.take(pair.client.take(new byte[0]));
    assertThat(pair.server.failure).hasMessageContaining("say nothing");
  }

  @Test
  void aRecordPlayedAgainEndsTheConnection() throws Exception {
    TokenBindingExchange exchange = connected();
    byte[] record = exchange.say(new byte[] {1});
    end.take(record);
    end.take(record);
    assertThat(end.text.size()).isEqualTo(1);
    assertThat(end.failure).hasMessageContaining("bad_record_mac");
  }

  @Test
  void aConnectionThatIsCutIsNotOneThatIsClosed() throws Exception {
    connected();
    assertThatThrownBy(engine::closeInbound)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("close_notify");
    assertThat(engine.isInboundDone()).isTrue();
    assertThat(end.say(new byte[] {1})).isNotEmpty(); // the other direction is whole
  }

  @Test
  void aNameThatNoMatcherTakesIsRefused() throws Exception {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("other\\.example")));
    engine.setSSLParameters(parameters);
    TokenBindingExchange exchange = TokenBindingClient.trusting(PKI.certificate()).exchange();
    end.take(exchange.begin());
    assertThat(end.failure).hasMessageContaining("unrecognized_name");
  }

  @Test
  void thereIsNoSecondHandshake_noClientMode_andNoSockets() throws Exception {
    connected();
    assertThatThrownBy(engine::beginHandshake).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> engine.setUseClientMode(true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> engine.setTokenBindingPreference(List.of(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(SERVER::getSocketFactory).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(SERVER::getServerSocketFactory)
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
