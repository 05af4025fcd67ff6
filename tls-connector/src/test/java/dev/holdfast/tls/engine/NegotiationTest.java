package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ExportedKeyingMaterial;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.TokenBindingClient;
import dev.holdfast.testing.TokenBindingExchange;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8472, rule by rule; CHECKLIST 1 to 4. */
class NegotiationTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final TokenBindingClient CLIENT =
      TokenBindingClient.trusting(PKI.certificate()).offering(2, 1, 0);
  private static final int DECODE_ERROR = 50;
  private static final int ILLEGAL_PARAMETER = 47;

  private final SSLContext server = server();
  private final HoldfastSslEngine engine = (HoldfastSslEngine) server.createSSLEngine();
  private final EngineEnd end = new EngineEnd(engine);

  private static SSLContext server() {
    try {
      return Pair.server(PKI);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private TokenBindingExchange talk(TokenBindingClient client) throws IOException {
    return talk(client, end);
  }

  /** As far as either end goes on. */
  static TokenBindingExchange talk(TokenBindingClient client, EngineEnd end) throws IOException {
    TokenBindingExchange exchange = client.exchange();
    byte[] said = exchange.begin();
    while (said.length > 0) {
      byte[] answer = end.take(said);
      said = answer.length == 0 ? answer : exchange.take(answer);
    }
    return exchange;
  }

  private static ExportedKeyingMaterial negotiated(EngineEnd end) {
    return NegotiatingTls.negotiated(end.engine.getSession());
  }

  private void expectAgreement(TokenBindingExchange exchange, int keyParameters) {
    assertThat(exchange.answer()).containsExactly(1, 0, 1, keyParameters);
    ExportedKeyingMaterial kept = negotiated(end);
    assertThat(kept.keyParameters()).isEqualTo(keyParameters);
    assertThat(kept.agreement()).isEqualTo(ExportedKeyingMaterial.Agreement.NEGOTIATED);
    assertThat(kept.bytes()).isEqualTo(exchange.keyingMaterial()).hasSize(32);
  }

  private void expectNone(TokenBindingExchange exchange) {
    assertThat(exchange.isConnected()).isTrue();
    assertThat(exchange.answer()).isNull();
    assertThat(end.finished).hasSize(1);
    assertThat(negotiated(end)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothEndsAgreeAndExportTheSame(String version) throws Exception {
    TokenBindingExchange exchange = talk(CLIENT.withVersion(version));
    expectAgreement(exchange, 2);
    end.take(exchange.say(new byte[] {1, 2, 3}));
    assertThat(end.text.toByteArray()).containsExactly(1, 2, 3);
  }

  /** Section 4: the server's order decides. */
  @ParameterizedTest
  @CsvSource({
    "'2', '0,1,2', 2",
    "'0,1', '2,1,0', 0",
    "'1,2', '0,2', 2",
    "'2,1,0', '77,255,0', 0",
  })
  void theServersPreferenceDecides(String ours, String theirs, int selected) throws Exception {
    engine.setTokenBindingPreference(numbers(ours));
    int[] offered = numbers(theirs).stream().mapToInt(Integer::intValue).toArray();
    expectAgreement(talk(CLIENT.offering(offered)), selected);
  }

  private static List<Integer> numbers(String list) {
    return List.of(list.split(",")).stream().map(Integer::valueOf).toList();
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, '2', '0,1'", "TLSv1.3, '2', '0,1'", "TLSv1.3, '2,1,0', '3,255'"})
  void noKeyParametersInCommonIsNoAnswer(String version, String ours, String theirs)
      throws Exception {
    engine.setTokenBindingPreference(numbers(ours));
    int[] offered = numbers(theirs).stream().mapToInt(Integer::intValue).toArray();
    expectNone(talk(CLIENT.withVersion(version).offering(offered)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientThatOffersNothingGetsNothing(String version) throws Exception {
    expectNone(talk(CLIENT.withVersion(version).offering((byte[]) null)));
  }

  /** Section 3: the lower of both versions, which is ours; below it there is none. */
  @ParameterizedTest
  @CsvSource({"0100, true", "0101, true", "0200, true", "ffff, true", "000d, false", "0000, false"})
  void theLowerVersionHolds(String offered, boolean agreed) throws Exception {
    TokenBindingExchange exchange =
        talk(CLIENT.offering(HexFormat.of().parseHex(offered + "0102")));
    if (agreed) {
      expectAgreement(exchange, 2);
    } else {
      expectNone(exchange);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, ''",
    "TLSv1.2, 01",
    "TLSv1.2, 0100",
    "TLSv1.2, 010000",
    "TLSv1.2, 010001",
    "TLSv1.2, 01000202",
    "TLSv1.2, 0100010202",
    "TLSv1.3, ''",
    "TLSv1.3, 0100",
    "TLSv1.3, 010000",
    "TLSv1.3, 01000202",
    "TLSv1.3, 0100010202",
  })
  void aMalformedExtensionEndsTheHandshake(String version, String extension) {
    TokenBindingExchange exchange =
        CLIENT
            .withVersion(version)
            .offering(extension == null ? new byte[0] : HexFormat.of().parseHex(extension))
            .exchange();
    assertThatThrownBy(() -> exchange.take(end.take(exchange.begin())))
        .isInstanceOf(IOException.class);
    assertThat(exchange.alert()).isEqualTo(DECODE_ERROR);
    assertThat(end.finished).isEmpty();
    assertThat(end.failure).hasMessageContaining("token_binding");
    assertThat(engine.isOutboundDone()).isTrue();
  }

  /** Section 3, condition 3; RFC 7627 section 5.1 for the exporter. */
  @Test
  void withoutExtendedMasterSecretNothingIsAgreedOnOrExported() throws Exception {
    TokenBindingExchange exchange =
        talk(CLIENT.withVersion("TLSv1.2").withoutExtendedMasterSecret());
    expectNone(exchange);
    assertThat(NegotiatingTls.keyingMaterial(engine.getSession())).isNull();
  }

  @Test
  void afterHelloRetryRequestTheAnswerIsTheSame() throws Exception {
    expectAgreement(talk(CLIENT.withoutKeyShare()), 2);
  }

  /** tokbind-tls13 section 3. */
  @Test
  void withEarlyDataNothingIsAgreedOn() throws Exception {
    expectNone(talk(CLIENT.withEarlyData()));
  }

  /** Section 4: each connection for itself; RFC 5705: each with keying material of its own. */
  @Test
  void aResumedSessionNegotiatesAfresh() throws Exception {
    TokenBindingClient client = CLIENT.withVersion("TLSv1.2");
    byte[] first = talk(client).keyingMaterial();

    EngineEnd same = new EngineEnd(server.createSSLEngine());
    TokenBindingExchange again = talk(client.resuming(), same);
    assertThat(again.isResumed()).isTrue();
    assertThat(again.answer()).containsExactly(1, 0, 1, 2);
    assertThat(negotiated(same).bytes()).isEqualTo(again.keyingMaterial()).isNotEqualTo(first);

    EngineEnd other = new EngineEnd(server.createSSLEngine());
    TokenBindingExchange changed = talk(client.resuming().offering(1), other);
    assertThat(changed.isResumed()).isTrue();
    assertThat(changed.answer()).containsExactly(1, 0, 1, 1);
    assertThat(negotiated(other).keyParameters()).isEqualTo(1);

    EngineEnd none = new EngineEnd(server.createSSLEngine());
    TokenBindingExchange without = talk(client.resuming().offering((byte[]) null), none);
    assertThat(without.isResumed()).isTrue();
    assertThat(without.answer()).isNull();
    assertThat(negotiated(none)).isNull();

    EngineEnd unknown = new EngineEnd(server.createSSLEngine());
    TokenBindingExchange nothingInCommon = talk(client.resuming().offering(77), unknown);
    assertThat(nothingInCommon.isResumed()).isTrue();
    assertThat(nothingInCommon.answer()).isNull();
    assertThat(negotiated(end).bytes()).isEqualTo(first);
  }

  @Test
  void aSessionThatAgreedOnNothingMayDoSoWhenItIsResumed() throws Exception {
    TokenBindingClient client = CLIENT.withVersion("TLSv1.2");
    talk(client.offering((byte[]) null));
    EngineEnd resumed = new EngineEnd(server.createSSLEngine());
    assertThat(talk(client.resuming(), resumed).answer()).containsExactly(1, 0, 1, 2);
    assertThat(negotiated(resumed)).isNotNull();
  }

  @Test
  void nothingIsKnownBeforeTheHandshakeHasEnded() throws Exception {
    TokenBindingExchange exchange = CLIENT.exchange();
    assertThat(negotiated(end)).isNull();
    byte[] flight = end.take(exchange.begin());
    assertThat(negotiated(end)).isNull();
    assertThat(NegotiatingTls.keyingMaterial(engine.getSession())).isNull();
    end.take(exchange.take(flight));
    assertThat(negotiated(end)).isNotNull();
  }

  @Test
  void aClientCertificateDoesNotDisturbIt() throws Exception {
    engine.setNeedClientAuth(true);
    expectAgreement(talk(CLIENT.withIdentity(PKI.clientCertificate("CN=client"))), 2);
    assertThat(engine.getSession().getPeerPrincipal().getName()).isEqualTo("CN=client");
  }

  /** RFC 8446 section 4.1.2. */
  @Test
  void aSecondClientHelloThatDiffersIsRefused() throws Exception {
    TokenBindingExchange one = CLIENT.withoutKeyShare().exchange();
    byte[] retry = end.take(one.begin());
    byte[] second = one.take(retry);
    int at = indexOf(second, new byte[] {0, 24, 0, 6, 1, 0, 3, 2, 1, 0});
    second[at + 7] = 1;
    second[at + 8] = 2;
    assertThatThrownBy(() -> one.take(end.take(second))).isInstanceOf(IOException.class);
    assertThat(one.alert()).isEqualTo(ILLEGAL_PARAMETER);
    assertThat(end.finished).isEmpty();
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (java.util.Arrays.mismatch(whole, at, at + part.length, part, 0, part.length) < 0) {
        return at;
      }
    }
    throw new AssertionError("not there");
  }
}
