package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngineResult.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large a record may be, by the version and by what was negotiated (RFC 6066 section 4). */
class RecordLimitsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = Recorded.server(PKI);
  private static final int MAX_FRAGMENT_LENGTH = 1;

  private final EngineEnd end = new EngineEnd(SERVER.createSSLEngine());

  private TokenBindingExchange connected(String version, int code) throws Exception {
    TokenBindingClient client = TokenBindingClient.trusting(PKI.certificate()).withVersion(version);
    TokenBindingExchange exchange =
        (code == 0 ? client : client.withExtension(MAX_FRAGMENT_LENGTH, new byte[] {(byte) code}))
            .exchange();
    exchange.take(end.take(exchange.take(end.take(exchange.begin()))));
    assertThat(end.finished).hasSize(1);
    return exchange;
  }

  /** What the protocol admits has no larger content than was agreed on, so nothing else asks. */
  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, 0, 16401",
    "TLSv1.3, 1, 529",
    "TLSv1.2, 0, 16408",
    "TLSv1.2, 1, 536",
  })
  void oneByteMoreIsTooMuch(String version, int code, int most) throws Exception {
    connected(version, code);
    ByteBuffer room = ByteBuffer.allocate(1 << 15);
    assertThat(end.engine.unwrap(header(most), room).getStatus())
        .isEqualTo(Status.BUFFER_UNDERFLOW);
    end.take(header(most + 1).array());
    assertThat(end.failure).hasMessageContaining("record_overflow");
    assertThat(end.text.size()).isZero();
  }

  /** Less than a tag, the part of the nonce that is sent, and the type. */
  @ParameterizedTest
  @CsvSource({"TLSv1.3, 0", "TLSv1.3, 16", "TLSv1.2, 0", "TLSv1.2, 7", "TLSv1.2, 23"})
  void whatIsNoRecordAtAllEndsTheConnection(String version, int length) throws Exception {
    connected(version, 0);
    byte[] said = end.take(Arrays.copyOf(header(length).array(), 5 + length));
    assertThat(end.failure).hasMessageContaining("decode_error");
    assertThat(said).isNotEmpty();
    assertThat(end.text.size()).isZero();
    assertThat(end.engine.isInboundDone()).isTrue();
  }

  private static ByteBuffer header(int length) {
    return ByteBuffer.allocate(5)
        .put((byte) 23)
        .putShort((short) 0x0303)
        .putShort((short) length)
        .flip();
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.3, 529", "TLSv1.2, 536"})
  void whatWasAgreedOnHoldsBothWays(String version, int most) throws Exception {
    TokenBindingExchange client = connected(version, 1);
    byte[] text = new byte[2_000];
    end.take(client.say(text));
    assertThat(end.text.toByteArray()).isEqualTo(text);
    byte[] said = end.say(text);
    client.take(said);
    assertThat(client.heard()).isEqualTo(text);
    int records = 0;
    for (int at = 0; at < said.length; records++) {
      int length = Short.toUnsignedInt(ByteBuffer.wrap(said).getShort(at + 3));
      assertThat(length).isLessThanOrEqualTo(most);
      at += 5 + length;
    }
    assertThat(records).isEqualTo(4);
  }
}
