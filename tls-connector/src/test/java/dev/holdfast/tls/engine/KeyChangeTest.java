package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.RecordRewriting;
import dev.holdfast.testing.RecordRewriting.Plain;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No handshake message spans a change of keys or lets another record in (RFC 8446 section 5.1). */
class KeyChangeTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = Recorded.server(PKI);
  private static final byte[] KEY_UPDATE = {HandshakeType.key_update, 0, 0, 1, 0};

  private final EngineEnd server = new EngineEnd(SERVER.createSSLEngine());

  private static byte[] joined(byte[] one, byte... other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  /** Appends to the record of a message of this type. */
  private static RecordRewriting after(short message, byte... more) {
    return (type, content) ->
        List.of(
            type == ContentType.handshake && content[0] == message
                ? new Plain(type, joined(content, more))
                : new Plain(type, content));
  }

  private void talk(RecordRewriting rewriting) throws IOException {
    TokenBindingExchange exchange =
        TokenBindingClient.trusting(PKI.certificate()).exchange(rewriting);
    byte[] flight = server.take(exchange.begin());
    if (server.failure == null) {
      server.take(exchange.take(flight));
    }
  }

  private void isRefused() {
    assertThat(server.failure).hasMessageContaining("unexpected_message");
    assertThat(server.finished).isEmpty();
    assertThat(server.engine.isInboundDone()).isTrue();
    assertThat(server.engine.isOutboundDone()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(bytes = {1, 3, 4})
  void theClientHellosRecordHasNothingElse(byte count) throws IOException {
    byte[] certificate = {HandshakeType.certificate, 0, 0, 9};
    talk(after(HandshakeType.client_hello, Arrays.copyOf(certificate, count)));
    isRefused();
  }

  @Test
  void theClientsFinishedIsTheEndOfItsRecord() throws IOException {
    talk(after(HandshakeType.finished, KEY_UPDATE));
    isRefused();
    assertThat(server.say(new byte[] {1})).isEmpty();
    assertThat(server.finished).isEmpty();
  }

  /** In the same records as they are, but each message in its own: that is taken. */
  @Test
  void eachInARecordOfItsOwnIsTaken() throws IOException {
    talk(
        (type, content) ->
            type == ContentType.handshake && content[0] == HandshakeType.finished
                ? List.of(
                    new Plain(type, Arrays.copyOf(content, 10)),
                    new Plain(type, Arrays.copyOfRange(content, 10, content.length)))
                : List.of(new Plain(type, content)));
    assertThat(server.failure).isNull();
    assertThat(server.finished).hasSize(1);
  }

  private PaddingClient connected() throws Exception {
    PaddingClient client = new PaddingClient();
    server.take(client.take(server.take(client.take(new byte[0]))));
    assertThat(server.finished).hasSize(1);
    return client;
  }

  @Test
  void aKeyUpdateIsTheEndOfItsRecord() throws Exception {
    PaddingClient client = connected();
    server.take(client.say(joined(joined(KEY_UPDATE, KEY_UPDATE), (byte) ContentType.handshake)));
    assertThat(server.failure).hasMessageContaining("unexpected_message");
    assertThat(server.engine.isInboundDone()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"23, 1", "23, 4", "21, 1"})
  void betweenThePartsOfAMessageThereIsNothing(byte type, int part) throws Exception {
    PaddingClient client = connected();
    byte[] begun = Arrays.copyOf(KEY_UPDATE, part);
    server.take(client.say(joined(begun, (byte) ContentType.handshake)));
    assertThat(server.failure).isNull();
    server.take(client.say(new byte[] {1, 0, type}));
    assertThat(server.failure).hasMessageContaining("unexpected_message");
    assertThat(server.text.size()).isZero();
  }
}
