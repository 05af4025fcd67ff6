package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ClientHello may say besides the extension, and what the answer is. */
class ClientHelloTest {
  private static final ThrowAwayPki PKI = ThrowAwayPki.create();
  private static final SSLContext SERVER = Recorded.server(PKI);
  private static final int FALLBACK = 0x5600;
  private static final int AES_128 = 0xc02b;
  private static final int AES_128_13 = 0x1301;
  private static final int RESERVED = 0x7a7a;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;
  private static final HexFormat HEX = HexFormat.of();

  /** The generator of P-256, which is as good a share as any. */
  private static final String POINT =
      "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
          + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

  private final EngineEnd end = new EngineEnd(SERVER.createSSLEngine());

  private byte[] answer(RawHello hello) {
    return end.take(hello.encoded());
  }

  /** TLS 1.3 beside 1.2, with values that RFC 8701 reserves wherever a list has room for one. */
  private static RawHello reserved() {
    return RawHello.offeringTokenBinding()
        .with(RESERVED, new byte[0])
        .with(0x5a5a, new byte[1])
        .withSuites(0x2a2a, AES_128_13, AES_128)
        .with(SUPPORTED_VERSIONS, HEX.parseHex("06" + "8a8a" + "0304" + "0303"))
        .with(10, HEX.parseHex("0004" + "1a1a" + "0017"))
        .with(13, HEX.parseHex("0006" + "3a3a" + "0403" + "0804"))
        .with(16, HEX.parseHex("0006" + "027a7a" + "026832"))
        .with(KEY_SHARE, HEX.parseHex("004a" + "1a1a" + "000100" + "0017" + "0041" + POINT));
  }

  @Test
  void reservedValuesArePassedOver_TLS13() {
    byte[] flight = answer(reserved());
    assertThat(end.failure).isNull();
    assertThat(RawHello.suite(flight)).isEqualTo(AES_128_13);
    assertThat(RawHello.answered(flight).get(SUPPORTED_VERSIONS)).containsExactly(3, 4);
  }

  @Test
  void reservedValuesArePassedOver_TLS12() {
    byte[] flight = answer(reserved().without(SUPPORTED_VERSIONS).without(KEY_SHARE));
    assertThat(end.failure).isNull();
    assertThat(RawHello.suite(flight)).isEqualTo(AES_128);
    assertThat(RawHello.answered(flight).get(RawHello.TOKEN_BINDING)).containsExactly(1, 0, 1, 2);
  }

  /** RFC 7507. */
  @Test
  void aClientThatFellBackIsToldThatItNeedNotHave() {
    answer(RawHello.offeringTokenBinding().withSuites(AES_128, FALLBACK));
    assertThat(end.failure).hasMessageContaining("inappropriate_fallback");
  }

  /** RFC 8446 section 4.1.3. */
  @ParameterizedTest
  @CsvSource({"'TLSv1.3,TLSv1.2', true", "TLSv1.2, false"})
  void aDowngradeIsSaidInTheRandom(String enabled, boolean said) {
    end.engine.setEnabledProtocols(enabled.split(",", -1));
    byte[] random = RawHello.random(answer(RawHello.offeringTokenBinding()));
    byte[] tail = Arrays.copyOfRange(random, 24, 32);
    assertThat(Arrays.equals(tail, "DOWNGRD\1".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(said);
  }

  @Test
  void nothingIsCompressed() {
    byte[] flight = answer(RawHello.offeringTokenBinding().withCompressions((byte) 1, (byte) 0));
    int at = 44 + flight[43] + 2;
    assertThat(flight[at]).isZero();
    EngineEnd other = new EngineEnd(SERVER.createSSLEngine());
    other.take(RawHello.offeringTokenBinding().withCompressions((byte) 1).encoded());
    assertThat(other.failure).hasMessageContaining("handshake_failure");
  }

  /** Heartbeat (RFC 6520), session tickets, stapling, truncated HMAC, encrypt-then-MAC. */
  @ParameterizedTest
  @ValueSource(strings = {"15:01", "35:", "5:0100000000", "4:", "22:"})
  void whatThisServerDoesNotHaveIsNotAnswered(String extension) {
    String[] parts = extension.split(":", -1);
    int type = Integer.parseInt(parts[0]);
    byte[] flight = answer(RawHello.offeringTokenBinding().with(type, HEX.parseHex(parts[1])));
    assertThat(end.failure).isNull();
    assertThat(RawHello.answered(flight)).doesNotContainKey(type);
  }

  static Stream<Arguments> noClientHello() {
    return Stream.of(
        Arguments.of("SSL 2", "802e0103010015000000100000390000380000350000160000130000"),
        Arguments.of("a heartbeat", "18030300030100ff"),
        Arguments.of("application data", "1703030001ff"),
        Arguments.of("a change of ciphers", "140303000101"),
        Arguments.of("a ServerHello", "160303000402000000"),
        Arguments.of("a Finished", "160303000414000000"),
        Arguments.of("a key update", "16030300051800000100"),
        Arguments.of("nothing in a record", "1603030000"),
        Arguments.of("HTTP", HEX.formatHex("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("noClientHello")
  void whatIsNoClientHelloGetsAnAlert(String name, String bytes) {
    byte[] said = end.take(HEX.parseHex(bytes));
    assertThat(end.failure).isNotNull();
    assertThat(said).hasSize(7).startsWith(21, 3, 3, 0, 2, 2);
    assertThat(end.engine.isOutboundDone()).isTrue();
    assertThat(end.engine.isInboundDone()).isTrue();
  }

  /** As the JDK's own TLS has it: what cannot be a host name ends the handshake. */
  @ParameterizedTest
  @CsvSource({
    "one.example, true",
    "ONE.example, true",
    "127.0.0.1, true",
    "xn--mnchen-3ya.example, true",
    "under_score.example, false",
    "one.example., false",
    "'', false",
  })
  void namesAreHostNamesOrRefused(String name, boolean taken) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    String list = "%04x00%04x%s".formatted(text.length + 3, text.length, HEX.formatHex(text));
    byte[] hello = RawHello.offeringTokenBinding().with(0, HEX.parseHex(list)).encoded();
    end.take(hello);
    assertThat(end.failure == null).isEqualTo(taken);
    SSLEngine own = PKI.sslContext(PKI.serverCertificate()).createSSLEngine();
    own.setUseClientMode(false);
    EngineEnd jdk = new EngineEnd(own);
    jdk.take(hello);
    assertThat(jdk.failure == null).isEqualTo(taken);
  }
}
