package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.KeyKind;
import dev.holdfast.testing.ThrowAwayPki;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's own client on the other end. */
@Tag("verify")
class JdkClientTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();

  static Stream<Arguments> pieces() {
    return Stream.of("TLSv1.2", "TLSv1.3")
        .flatMap(
            version ->
                Stream.of(1, 7, 1_000, 1 << 20)
                    .flatMap(
                        piece -> Stream.of(64, 1 << 15).map(r -> Arguments.of(version, piece, r))));
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void dataGoesBothWays_howeverItIsCutAndHoweverSmallTheBuffers(String version, int piece, int room)
      throws Exception {
    Pair pair = Pair.of(PKI, version, piece, room).talk();
    byte[] large = new byte[piece == 1 ? 5_000 : 100_000];
    new Random(1).nextBytes(large);

    pair.clientSays(large);
    assertThat(pair.server.text.toByteArray()).isEqualTo(large);
    pair.serverSays(large);
    assertThat(pair.client.text.toByteArray()).isEqualTo(large);
    assertThat(pair.server.finished).hasSize(1);
    assertThat(pair.server.tasks).isPositive();
    assertThat(pair.server.engine.getSession().getProtocol()).isEqualTo(version);
    assertThat(NegotiatingTls.negotiated(pair.server.engine.getSession())).isNull();
    assertThat(NegotiatingTls.keyingMaterial(pair.server.engine.getSession())).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void keysOfEachKind(String kind) throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create(KeyKind.valueOf(kind));
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      Pair pair = Pair.of(pki, version, 1 << 20, 1 << 15).talk();
      assertThat(pair.server.failure).as(version).isNull();
      assertThat(pair.server.finished).as(version).hasSize(1);
      assertThat(pair.client.engine.getSession().getPeerPrincipal().getName()).startsWith("CN=");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theServersOrderOfProtocolsDecides(String version) throws Exception {
    Pair pair = Pair.of(PKI, version, 1 << 20, 1 << 15);
    offer(pair.client.engine, "http/1.1", "h2");
    offer(pair.server.engine, "h2", "http/1.1");
    pair.talk();
    assertThat(pair.client.engine.getApplicationProtocol()).isEqualTo("h2");
    assertThat(pair.server.engine.getApplicationProtocol()).isEqualTo("h2");
  }

  private static void offer(SSLEngine engine, String... protocols) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSelectorKnowsProtocolAndCipherSuite(String version) throws Exception {
    Pair pair = Pair.of(PKI, version, 1 << 20, 1 << 15);
    offer(pair.client.engine, "http/1.1", "h2");
    pair.server.engine.setHandshakeApplicationProtocolSelector(
        (engine, offered) -> {
          assertThat(engine.getHandshakeSession().getProtocol()).isEqualTo(version);
          assertThat(engine.getHandshakeSession().getCipherSuite()).startsWith("TLS_");
          return offered.get(1);
        });
    pair.talk();
    assertThat(pair.client.engine.getApplicationProtocol()).isEqualTo("h2");
  }

  @Test
  void noProtocolInCommonIsSaid() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15);
    offer(pair.client.engine, "spdy/3");
    offer(pair.server.engine, "h2");
    pair.talk();
    assertThat(pair.client.failure).hasMessageContaining("no_application_protocol");
    assertThat(pair.server.failure).hasMessageContaining("no_application_protocol");
    assertThat(pair.server.finished).isEmpty();
  }

  static Stream<Arguments> authentication() {
    return Stream.of("TLSv1.2", "TLSv1.3")
        .flatMap(v -> Stream.of(true, false).map(need -> Arguments.of(v, need)));
  }

  @ParameterizedTest
  @MethodSource("authentication")
  void aTrustedClientCertificateIsTaken(String version, boolean need) throws Exception {
    SSLContext client = PKI.sslContext(PKI.clientCertificate("CN=client"));
    Pair pair = Pair.of(client, Pair.server(PKI), version, 1 << 20, 1 << 15);
    ask(pair, need);
    pair.talk();
    assertThat(pair.server.finished).hasSize(1);
    assertThat(pair.server.engine.getSession().getPeerPrincipal().getName()).isEqualTo("CN=client");
    pair.clientSays(new byte[10]);
    assertThat(pair.server.text.size()).isEqualTo(10);
  }

  private static void ask(Pair pair, boolean need) {
    if (need) {
      pair.server.engine.setNeedClientAuth(true);
    } else {
      pair.server.engine.setWantClientAuth(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientsRsaKeyIsTaken(String version) throws Exception {
    ThrowAwayPki pki = ThrowAwayPki.create(KeyKind.RSA);
    SSLContext client = pki.sslContext(pki.clientCertificate("CN=rsa"));
    Pair pair = Pair.of(client, Pair.server(pki), version, 1 << 20, 1 << 15);
    ask(pair, true);
    pair.talk();
    assertThat(pair.server.engine.getSession().getPeerPrincipal().getName()).isEqualTo("CN=rsa");
  }

  @ParameterizedTest
  @MethodSource("authentication")
  void withoutACertificateOnlyWantGoesOn(String version, boolean need) throws Exception {
    Pair pair = Pair.of(PKI, version, 1 << 20, 1 << 15);
    ask(pair, need);
    pair.talk();
    assertThat(pair.server.finished).hasSize(need ? 0 : 1);
    if (need) {
      assertThat(pair.server.failure).hasMessageContaining("certificate");
      assertThat(pair.client.failure).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("authentication")
  void anUntrustedCertificateIsRefused(String version, boolean need) throws Exception {
    ThrowAwayPki other = ThrowAwayPki.create();
    SSLContext client = other.sslContext(other.clientCertificate("CN=x"), PKI.certificate());
    Pair pair = Pair.of(client, anyIssuer(), version, 1 << 20, 1 << 15);
    ask(pair, need);
    pair.talk();
    assertThat(pair.server.finished).isEmpty();
    assertThat(pair.server.failure).hasMessageContaining("certificate_unknown");
  }

  /** A server that names no authorities, so that the client sends what it has. */
  private static SSLContext anyIssuer() throws Exception {
    SSLContext context = NegotiatingTls.context(List.of());
    context.init(
        Pair.keyManagers(PKI),
        new javax.net.ssl.TrustManager[] {new Pair.Silent(Pair.trust(PKI))},
        null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closingIsOrderly(String version) throws Exception {
    Pair pair = Pair.of(PKI, version, 1 << 20, 1 << 15).talk();
    byte[] bye = pair.client.close();
    byte[] answer = pair.server.take(bye);
    assertThat(pair.server.failure).isNull();
    assertThat(bye).isNotEmpty();
    assertThat(pair.server.engine.isInboundDone()).isTrue();
    if (version.equals("TLSv1.2")) {
      assertThat(pair.server.engine.isOutboundDone()).isTrue();
      assertThat(answer).isNotEmpty();
      pair.client.take(answer);
    } else { // RFC 8446 section 6.1
      assertThat(answer).isEmpty();
      assertThat(pair.server.engine.isOutboundDone()).isFalse();
      pair.client.take(pair.server.say(new byte[] {1, 2, 3}));
      assertThat(pair.client.text.toByteArray()).containsExactly(1, 2, 3);
      pair.client.take(pair.server.close());
      assertThat(pair.server.engine.isOutboundDone()).isTrue();
    }
    assertThat(pair.client.engine.isInboundDone()).isTrue();
  }

  @Test
  void whatTheServerClosesItStillReads() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15).talk();
    byte[] late = pair.client.say(new byte[] {1, 2, 3});
    pair.client.take(pair.server.close());
    assertThat(pair.server.engine.isOutboundDone()).isTrue();
    assertThat(pair.server.engine.isInboundDone()).isFalse();
    pair.server.take(late);
    assertThat(pair.server.text.toByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void newTrafficKeysChangeNothing() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.3", 1 << 20, 1 << 15).talk();
    byte[] before = NegotiatingTls.keyingMaterial(pair.server.engine.getSession());
    for (int i = 0; i < 3; i++) {
      pair.client.engine.beginHandshake();
      pair.talk();
      pair.clientSays(new byte[] {(byte) i});
      pair.serverSays(new byte[] {(byte) i});
    }
    assertThat(pair.server.text.toByteArray()).containsExactly(0, 1, 2);
    assertThat(pair.client.text.toByteArray()).containsExactly(0, 1, 2);
    assertThat(NegotiatingTls.keyingMaterial(pair.server.engine.getSession())).isEqualTo(before);
  }

  @Test
  void aSessionIsResumedWithKeyingMaterialOfItsOwn() throws Exception {
    SSLContext client = PKI.sslContext(PKI.clientCertificate("CN=client"));
    SSLContext server = Pair.server(PKI);
    Pair first = Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15);
    first.server.engine.setNeedClientAuth(true);
    first.talk();
    Pair second = Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15);
    second.server.engine.setNeedClientAuth(true);
    second.talk();
    byte[] id = first.server.engine.getSession().getId();
    assertThat(second.server.engine.getSession().getId()).isEqualTo(id).hasSize(32);
    assertThat(second.client.engine.getSession().getId()).isEqualTo(id);
    assertThat(second.server.engine.getSession().getPeerPrincipal().getName())
        .isEqualTo("CN=client");
    byte[] ofFirst = NegotiatingTls.keyingMaterial(first.server.engine.getSession());
    byte[] ofSecond = NegotiatingTls.keyingMaterial(second.server.engine.getSession());
    assertThat(Arrays.equals(ofFirst, ofSecond)).isFalse();

    second.server.engine.getSession().invalidate();
    Pair third = Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15).talk();
    assertThat(third.server.engine.getSession().getId()).isNotEqualTo(id);
  }

  @Test
  void aSessionWithoutACertificateIsNotResumedWhereOneIsNeeded() throws Exception {
    SSLContext client = PKI.sslContext();
    SSLContext server = Pair.server(PKI);
    Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15).talk();
    Pair second = Pair.of(client, server, "TLSv1.2", 1 << 20, 1 << 15);
    second.server.engine.setNeedClientAuth(true);
    second.talk();
    assertThat(second.server.finished).isEmpty();
  }

  @Test
  void aRenegotiationEndsTheConnection() throws Exception {
    Pair pair = Pair.of(PKI, "TLSv1.2", 1 << 20, 1 << 15).talk();
    pair.client.engine.beginHandshake();
    pair.talk();
    assertThat(pair.server.failure).hasMessageContaining("handshake_failure");
    assertThat(pair.client.failure).hasMessageContaining("handshake_failure");
    assertThat(pair.server.engine.isInboundDone()).isTrue();
    assertThat(pair.server.engine.isOutboundDone()).isTrue();
  }
}
