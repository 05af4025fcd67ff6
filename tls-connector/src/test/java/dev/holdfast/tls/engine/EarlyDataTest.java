package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import dev.holdfast.tls.engine.handshake.Limits;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that brings another server's ticket and sends early data with it is served, and nothing
 * of the early data comes out (RFC 8446 section 4.2.10).
 */
class EarlyDataTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int HEADER = 5;
  private static final int LARGEST = 16_384 + 256;

  private final EngineEnd end;
  private final Random random = new Random(11);

  EarlyDataTest() throws Exception {
    end = new EngineEnd(Pair.server(PKI).createSSLEngine());
  }

  private static TokenBindingClient client(boolean keyShare) {
    TokenBindingClient client = TokenBindingClient.trusting(PKI.certificate()).withEarlyData();
    return keyShare ? client : client.withoutKeyShare();
  }

  /** One that this server cannot read. */
  private byte[] early(int length) {
    byte[] record = new byte[HEADER + length];
    random.nextBytes(record);
    record[0] = 23;
    record[1] = 3;
    record[2] = 3;
    record[3] = (byte) (length >>> 8);
    record[4] = (byte) length;
    return record;
  }

  /** With a key share, and after HelloRetryRequest; records of every size, whole and in pieces. */
  @ParameterizedTest
  @CsvSource({
    "true, 100, 10000", "true, 100, 1", "true, 1, 10000", "true, 16640, 10000",
    "false, 100, 10000", "false, 100, 1", "false, 1, 10000", "false, 16640, 10000"
  })
  void itIsPassedOver_C60(boolean keyShare, int length, int piece) throws Exception {
    TokenBindingExchange exchange = client(keyShare).exchange();
    byte[] answer = end.take(exchange.begin());
    for (int i = 0; i < 3; i++) {
      byte[] record = early(length);
      for (int at = 0; at < record.length; at += piece) {
        end.take(Arrays.copyOfRange(record, at, Math.min(record.length, at + piece)));
      }
    }
    assertThat(end.failure).isNull();
    while (answer.length > 0) {
      answer = end.take(exchange.take(answer));
    }
    assertThat(end.failure).isNull();
    assertThat(end.finished).hasSize(1);
    end.take(exchange.say(new byte[] {1, 2, 3}));
    assertThat(end.text.toByteArray()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thereIsALimit_C60(boolean keyShare) throws Exception {
    end.take(client(keyShare).exchange().begin());
    byte[] said = new byte[0];
    int sent = 0;
    while (end.failure == null && sent < 10 * Limits.EARLY_DATA_BYTES) {
      said = end.take(early(1_000));
      sent += HEADER + 1_000;
    }
    assertThat(end.failure).hasMessageContaining("unexpected_message");
    assertThat(said).isNotEmpty();
    assertThat(sent).isBetween(Limits.EARLY_DATA_BYTES, Limits.EARLY_DATA_BYTES + 2_000);
    assertThat(end.engine.isOutboundDone()).isTrue();
    assertThat(end.text.size()).isZero();
  }

  /** What is no early data is what it was before: wrong. */
  @Test
  void whoDoesNotOfferItSendsNone_C60() throws Exception {
    TokenBindingExchange exchange = TokenBindingClient.trusting(PKI.certificate()).exchange();
    end.take(exchange.begin());
    end.take(early(100));
    assertThat(end.failure).hasMessageContaining("bad_record_mac");
  }

  @Test
  void afterTheHandshakeHasGoneOnThereIsNone_C60() throws Exception {
    TokenBindingExchange exchange = client(true).exchange();
    end.take(exchange.take(end.take(exchange.begin())));
    assertThat(end.finished).hasSize(1);
    end.take(early(100));
    assertThat(end.failure).hasMessageContaining("bad_record_mac");
    assertThat(end.text.size()).isZero();
  }

  @Test
  void aRecordThatIsTooLargeIsNone_C60() throws Exception {
    end.take(client(true).exchange().begin());
    end.take(early(LARGEST + 1));
    assertThat(end.failure).hasMessageContaining("record_overflow");
  }
}
