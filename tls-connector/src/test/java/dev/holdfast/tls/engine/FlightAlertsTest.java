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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts for what is wrong in a client's later messages: Certificate, its key, its signature. */
@Tag("whole")
class FlightAlertsTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final int HEADER_BYTES = 4;
  private static final int ROUNDS = 150;

  private final SSLContext server;
  private final Random random = new Random(13);

  FlightAlertsTest() throws Exception {
    server = Pair.server(PKI);
  }

  /** Changes the body of a message; its header says the right length. */
  private interface Change {
    byte[] of(byte[] body);
  }

  private byte[] flipped(byte[] body) {
    byte[] changed = body.clone();
    if (changed.length > 0) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return changed;
  }

  private byte[] cut(byte[] body) {
    return Arrays.copyOf(body, random.nextInt(body.length + 1));
  }

  private static byte[] longer(byte[] body) {
    return Arrays.copyOf(body, body.length + 1);
  }

  private static RecordRewriting changing(int message, Change change) {
    return (type, content) -> {
      if (type != ContentType.handshake || content[0] != message) {
        return List.of(new Plain(type, content));
      }
      int length = (content[2] & 0xff) << 8 | (content[3] & 0xff);
      byte[] body = change.of(Arrays.copyOfRange(content, HEADER_BYTES, HEADER_BYTES + length));
      byte[] all = Arrays.copyOf(content, HEADER_BYTES + body.length);
      System.arraycopy(body, 0, all, HEADER_BYTES, body.length);
      all[2] = (byte) (body.length >>> 8);
      all[3] = (byte) body.length;
      byte[] rest = Arrays.copyOfRange(content, HEADER_BYTES + length, content.length);
      byte[] record = Arrays.copyOf(all, all.length + rest.length);
      System.arraycopy(rest, 0, record, all.length, rest.length);
      return List.of(new Plain(type, record));
    };
  }

  /** The names of the alerts that such a client is sent. */
  private Map<String, Long> alerts(String version, int message, Change change) {
    Map<String, Long> before = TlsHandshakes.statistics().refused();
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    end.engine.setNeedClientAuth(true);
    TokenBindingExchange exchange =
        TokenBindingClient.trusting(PKI.certificate())
            .withVersion(version)
            .withIdentity(PKI.clientCertificate("CN=client"))
            .exchange(changing(message, change));
    try {
      byte[] said = exchange.begin();
      while (said.length > 0) {
        byte[] answer = end.take(said);
        said = answer.length == 0 ? answer : exchange.take(answer);
      }
    } catch (IOException | IllegalStateException itsOwnEnd) {
      // the client's: what it broke has come back to it
    }
    Map<String, Long> sent = new TreeMap<>(TlsHandshakes.statistics().refused());
    sent.replaceAll((alert, count) -> count - before.getOrDefault(alert, 0L));
    sent.values().removeIf(count -> count == 0);
    return sent;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aMessageThatIsChangedIsNeverAnErrorOfTheServer_C60(String version) {
    Map<String, Long> all = new TreeMap<>();
    List<Change> changes = List.of(this::flipped, this::cut, FlightAlertsTest::longer);
    for (short message :
        new short[] {
          HandshakeType.certificate, HandshakeType.client_key_exchange,
          HandshakeType.certificate_verify, HandshakeType.finished
        }) {
      for (int i = 0; i < ROUNDS; i++) {
        String what = HandshakeType.getName(message) + " " + i % changes.size() + ": ";
        alerts(version, message, changes.get(i % changes.size()))
            .forEach((alert, count) -> all.merge(what + alert, count, Long::sum));
      }
    }
    assertThat(all.keySet()).noneMatch(key -> key.endsWith("internal_error"));
  }

  /** RFC 8446 section 4.4.3: another scheme than the key's, offered or not. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anotherSignatureSchemeIsNeverAnErrorOfTheServer_C60(String version) {
    Map<String, Long> all = new TreeMap<>();
    for (int scheme :
        new int[] {
          0x0201, 0x0203, 0x0401, 0x0501, 0x0503, 0x0601, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807,
          0x0808, 0x0809, 0x080a, 0x080b, 0x081a, 0x081b, 0x0403, 0x0904, 0xfeff, 0
        }) {
      Change change =
          body -> {
            byte[] changed = flipped(body);
            changed[0] = (byte) (scheme >>> 8);
            changed[1] = (byte) scheme;
            return changed;
          };
      alerts(version, HandshakeType.certificate_verify, change)
          .forEach((alert, count) -> all.put("%04x: %s".formatted(scheme, alert), count));
    }
    assertThat(all.keySet()).noneMatch(key -> key.endsWith("internal_error"));
  }
}
