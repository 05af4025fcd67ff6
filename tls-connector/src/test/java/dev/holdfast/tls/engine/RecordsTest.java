package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of established connections, which do not go through Bouncy Castle's record layer. */
@Tag("verify")
class RecordsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int ROOM = 20_000;
  private static final byte APPLICATION_DATA = 23;

  static Stream<Arguments> suitesAndBuffers() {
    return Stream.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        .flatMap(
            suite ->
                Stream.of("heap", "direct", "read-only", "sliced", "little-endian") // C61
                    .map(kind -> Arguments.of(suite, kind)));
  }

  private static Pair pair(String suite) throws Exception {
    String version = suite.contains("_WITH_") ? "TLSv1.2" : "TLSv1.3";
    Pair pair = Pair.of(PKI, version, 1 << 20, 1 << 15);
    pair.client.engine.setEnabledCipherSuites(new String[] {suite});
    pair.talk();
    assertThat(pair.server.engine.getSession().getCipherSuite()).isEqualTo(suite);
    return pair;
  }

  private static ByteBuffer buffer(String kind) {
    return switch (kind) {
      case "direct" -> ByteBuffer.allocateDirect(ROOM);
      case "little-endian" -> ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
      case "sliced" -> ByteBuffer.allocate(2 * ROOM).position(777).slice().limit(ROOM);
      default -> ByteBuffer.allocate(ROOM);
    };
  }

  @ParameterizedTest
  @MethodSource("suitesAndBuffers")
  void buffersOfEveryKindGatherAndScatter(String suite, String kind) throws Exception {
    Pair pair = pair(suite);
    for (int size : new int[] {1, 15, 16, 17, 1_000, 16_384}) {
      byte[] text = new byte[size];
      new Random(size).nextBytes(text);
      assertThat(fromServer(pair, kind, text)).as("from the server, %d", size).isEqualTo(text);
      assertThat(fromClient(pair, kind, text)).as("from the client, %d", size).isEqualTo(text);
    }
  }

  private static byte[] fromServer(Pair pair, String kind, byte[] text) throws Exception {
    ByteBuffer[] sources = {
      ByteBuffer.wrap(text, 0, text.length / 3),
      ByteBuffer.allocate(0),
      ByteBuffer.wrap(text, text.length / 3, text.length - text.length / 3).asReadOnlyBuffer()
    };
    ByteBuffer record = buffer(kind);
    SSLEngineResult wrapped = pair.server.engine.wrap(sources, record);
    assertThat(wrapped.bytesConsumed()).isEqualTo(text.length);
    assertThat(wrapped.bytesProduced()).isEqualTo(record.position());
    pair.client.text.reset();
    pair.client.take(bytes(record.flip()));
    return pair.client.text.toByteArray();
  }

  private static byte[] fromClient(Pair pair, String kind, byte[] text) throws Exception {
    byte[] sent = pair.client.say(text);
    ByteBuffer arrived = buffer(kind).put(sent).flip();
    byte[] before = sent.clone();
    ByteBuffer source = kind.equals("read-only") ? arrived.asReadOnlyBuffer() : arrived;
    ByteBuffer[] destinations = {
      buffer(kind).limit(text.length / 2), ByteBuffer.allocate(0), buffer(kind)
    };
    ByteBuffer gathered = ByteBuffer.allocate(ROOM);
    while (source.hasRemaining()) { // the JDK may say it in two records
      SSLEngineResult result = pair.server.engine.unwrap(source, destinations);
      assertThat(result.getStatus()).isEqualTo(SSLEngineResult.Status.OK);
    }
    for (ByteBuffer each : destinations) {
      gathered.put(each.flip());
    }
    if (kind.equals("read-only")) {
      assertThat(bytes(arrived.rewind())).isEqualTo(before);
    }
    return bytes(gathered.flip());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})
  void aRecordChangedAnywhereIsNotTaken(String suite) throws Exception {
    byte[] record = pair(suite).client.say(new byte[] {1, 2, 3});
    for (int at = 5; at < record.length; at++) {
      Pair pair = pair(suite);
      byte[] changed = pair.client.say(new byte[] {1, 2, 3});
      changed[at] ^= 4;
      byte[] alert = pair.server.take(changed);
      assertThat(pair.server.text.size()).isZero();
      assertThat(pair.server.failure).hasMessageContaining("bad_record_mac");
      assertThat(alert).isNotEmpty();
      assertThat(pair.server.engine.isInboundDone()).isTrue();
    }
  }

  /** RFC 5288 section 3: under one key, the part of the nonce that is sent is always another. */
  @Test
  void noNonceIsUsedTwice() throws Exception {
    Pair pair = pair("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    Set<Long> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      nonces.add(ByteBuffer.wrap(pair.server.say(new byte[] {1})).getLong(5));
    }
    assertThat(nonces).hasSize(1_000);
  }

  /** A key update goes to Bouncy Castle as it was opened; so does a record that is read-only. */
  @Test
  void whatWasHandedOnIsNotHandedOnAgain() throws Exception {
    Pair pair = pair("TLS_AES_128_GCM_SHA256");
    pair.client.engine.beginHandshake();
    pair.talk();
    assertThat(fromClient(pair, "read-only", new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
  }

  private record Padded(PaddingClient client, EngineEnd server) {}

  private static Padded padded() throws Exception {
    PaddingClient client = new PaddingClient();
    EngineEnd server = new EngineEnd(Pair.server(PKI).createSSLEngine());
    server.take(client.take(server.take(client.take(new byte[0]))));
    assertThat(server.finished).hasSize(1);
    return new Padded(client, server);
  }

  /** RFC 8446 section 5.4. */
  @Test
  void paddingIsNoContent() throws Exception {
    Padded pair = padded();
    pair.server.take(pair.client.say(new byte[] {1, 2, 0, APPLICATION_DATA, 0, 0, 0}));
    assertThat(pair.server.text.toByteArray()).containsExactly(1, 2, 0);
    pair.server.take(pair.client.say(new byte[] {APPLICATION_DATA, 0}));
    pair.server.take(pair.client.say(new byte[] {3, APPLICATION_DATA}));
    assertThat(pair.server.text.toByteArray()).containsExactly(1, 2, 0, 3);
    assertThat(pair.server.failure).isNull();
  }

  @Test
  void aRecordOfZerosEndsTheConnection() throws Exception {
    Padded pair = padded();
    pair.server.take(pair.client.say(new byte[100]));
    assertThat(pair.server.failure).hasMessageContaining("unexpected_message");
    assertThat(pair.server.engine.isInboundDone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(bytes = {20, 22, 24, 99})
  void whatIsNoApplicationDataIsNotTakenForIt(byte type) throws Exception {
    Padded pair = padded();
    pair.server.take(pair.client.say(new byte[] {1, 1, 1, 1, 1, type}));
    assertThat(pair.server.text.size()).isZero();
    assertThat(pair.server.failure).isNotNull();
  }

  /** RFC 8446 section 5.4: only application data may be empty. */
  @ParameterizedTest
  @ValueSource(bytes = {20, 21, 22, 99})
  void aMessageWithoutContentEndsTheConnection(byte type) throws Exception {
    Padded pair = padded();
    pair.server.take(pair.client.say(new byte[] {type, 0, 0}));
    assertThat(pair.server.failure).isNotNull();
    assertThat(pair.server.engine.isInboundDone()).isTrue();
    assertThat(pair.server.engine.getSession().isValid()).isFalse();
  }

  /** Of a level that says nothing in TLS 1.3 (RFC 8446 section 6). */
  @ParameterizedTest
  @ValueSource(bytes = {1, 2})
  void anAlertWithPaddingIsAnAlert(byte level) throws Exception {
    Padded pair = padded();
    pair.server.take(pair.client.say(new byte[] {level, 90, 21, 0})); // user_canceled
    assertThat(pair.server.engine.isInboundDone()).isFalse();
    pair.server.take(pair.client.say(new byte[] {level, 0, 21, 0, 0})); // close_notify
    assertThat(pair.server.failure).isNull();
    assertThat(pair.server.engine.isInboundDone()).isTrue();
  }

  /** After 2^20 records; the JDK's client is asked for new keys too, and has them. */
  @Test
  void manyRecordsGetNewKeys() throws Exception {
    Pair pair = pair("TLS_AES_128_GCM_SHA256");
    SSLEngine server = pair.server.engine;
    SSLEngine client = pair.client.engine;
    ByteBuffer record = ByteBuffer.allocate(ROOM);
    ByteBuffer text = ByteBuffer.allocate(ROOM);
    ByteBuffer one = ByteBuffer.wrap(new byte[] {7});
    int longer = 0;
    for (int i = 0; i < (1 << 20) + 100; i++) {
      server.wrap(one.rewind(), record.clear());
      longer += record.position() > 5 + 1 + 1 + 16 ? 1 : 0;
      record.flip();
      while (record.hasRemaining()) {
        client.unwrap(record, text.clear());
      }
      if (text.position() != 1 || text.get(0) != 7) {
        throw new AssertionError("record " + i);
      }
    }
    assertThat(longer).as("records with a key update before them").isEqualTo(1);
    pair.clientSays(new byte[] {1, 2, 3});
    assertThat(pair.server.text.toByteArray()).containsExactly(1, 2, 3);
    byte[] large = new byte[50_000];
    Arrays.fill(large, (byte) 5);
    pair.serverSays(large);
    assertThat(pair.client.text.toByteArray()).isEqualTo(large);
  }
}
