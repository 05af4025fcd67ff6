package dev.holdfast.tls.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.ThrowAwayPki;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.bouncycastle.tls.AlertDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts that RFC 8446 section 6.2 and others fix for what is wrong in a ClientHello. */
class AlertsTest {
  private static final int[] EXTENSIONS = {
    0, 1, 5, 10, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 35, 41, 42, 43, 44, 45, 47, 48, 49, 50,
    51, 0xff01
  };
  private static final int PRE_SHARED_KEY = 41;
  private static final int PSK_MODES = 45;
  private static final byte[] POINT =
      HexFormat.of().parseHex("09" + "00".repeat(31)); // the base point of x25519

  private final SSLContext server;

  AlertsTest() throws Exception {
    server = Pair.server(ThrowAwayPki.create());
  }

  /** Of the answer to these bytes; -1 where the handshake goes on. */
  private int alert(byte[] hello) {
    EngineEnd end = new EngineEnd(server.createSSLEngine());
    byte[] said = end.take(hello);
    return end.failure == null ? -1 : RawHello.alert(said);
  }

  private int alert(RawHello hello) {
    return alert(hello.encoded());
  }

  private static RawHello good() {
    return RawHello.ofTls13(POINT);
  }

  @Test
  void theSpecimenIsGood() {
    assertThat(alert(good())).isEqualTo(-1);
  }

  /** RFC 8446 section 9.2. */
  @Test
  void groupsAndKeySharesGoTogether_C60() {
    assertThat(alert(good().without(RawHello.KEY_SHARE)))
        .isEqualTo(AlertDescription.missing_extension);
    assertThat(alert(good().without(RawHello.SUPPORTED_GROUPS)))
        .isEqualTo(AlertDescription.missing_extension);
    assertThat(alert(good().without(RawHello.KEY_SHARE).without(RawHello.SUPPORTED_GROUPS)))
        .isEqualTo(AlertDescription.missing_extension);
    assertThat(alert(good().without(13))).isEqualTo(AlertDescription.missing_extension);
    assertThat(alert(good().with(RawHello.KEY_SHARE, new byte[2])))
        .as("an empty list asks for HelloRetryRequest")
        .isEqualTo(-1);
  }

  /** RFC 8446 sections 4.2.9 and 4.2.11. */
  @Test
  void aPreSharedKeyHasItsModesAndIsTheLast_C60() {
    byte[] offer = new byte[2 + 7 + 2 + 33];
    System.arraycopy(new byte[] {0, 7, 0, 1, 5, 0, 0, 0, 0, 0, 33, 32}, 0, offer, 0, 12);
    byte[] modes = {1, 1};
    assertThat(alert(good().with(PSK_MODES, modes).with(PRE_SHARED_KEY, offer))).isEqualTo(-1);
    assertThat(alert(good().with(PRE_SHARED_KEY, offer)))
        .isEqualTo(AlertDescription.missing_extension);
    assertThat(alert(good().with(PRE_SHARED_KEY, offer).with(PSK_MODES, modes)))
        .isEqualTo(AlertDescription.illegal_parameter);
  }

  /** In TLS 1.2 there are no key shares. */
  @Test
  void theyDoNotConcernTls12_C60() {
    assertThat(alert(new RawHello())).isEqualTo(-1);
    assertThat(alert(new RawHello().without(RawHello.SUPPORTED_GROUPS))).isEqualTo(-1);
  }

  /** RFC 8446 section 7.4.2, RFC 7748 section 6: zero, and the other points of small order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void aShareWithWhichThereIsNoSecretIsIllegal_C60(String share) {
    assertThat(alert(RawHello.ofTls13(HexFormat.of().parseHex(share))))
        .isEqualTo(AlertDescription.illegal_parameter);
  }

  @Test
  void anX448ShareToo_C60() {
    RawHello hello = good().with(RawHello.SUPPORTED_GROUPS, new byte[] {0, 2, 0, 30});
    byte[] share = new byte[6 + 56];
    System.arraycopy(new byte[] {0, 60, 0, 30, 0, 56}, 0, share, 0, 6);
    assertThat(alert(hello.with(RawHello.KEY_SHARE, share)))
        .isEqualTo(AlertDescription.illegal_parameter);
    share[6] = 5;
    assertThat(alert(hello.with(RawHello.KEY_SHARE, share))).isEqualTo(-1);
    byte[] cut = Arrays.copyOf(share, share.length - 1);
    cut[1]--;
    cut[5]--;
    assertThat(alert(hello.with(RawHello.KEY_SHARE, cut)))
        .isEqualTo(AlertDescription.illegal_parameter);
  }

  /** RFC 8446 section 4.2.8.2: a point that is not on the curve, and one in a wrong format. */
  @Test
  void aPointThatIsNoneIsIllegal_C60() {
    RawHello hello = good().with(RawHello.SUPPORTED_GROUPS, new byte[] {0, 2, 0, 23});
    for (byte first : new byte[] {4, 0, 2, 3, 5}) {
      byte[] share = new byte[6 + 65];
      System.arraycopy(new byte[] {0, 69, 0, 23, 0, 65, first, 1}, 0, share, 0, 8);
      assertThat(alert(hello.with(RawHello.KEY_SHARE, share)))
          .isEqualTo(AlertDescription.illegal_parameter);
    }
  }

  /** Each extension cut and lengthened: what cannot be parsed is never an error of the server. */
  @Test
  void whatCannotBeParsedIsTheClientsMistake_C60() {
    Map<String, Integer> wrong = new TreeMap<>();
    for (RawHello.HelloSource source :
        List.<RawHello.HelloSource>of(RawHello::new, AlertsTest::good)) {
      for (int type : EXTENSIONS) {
        for (byte[] content :
            List.of(
                new byte[0],
                new byte[1],
                new byte[] {1},
                new byte[] {0, 1},
                new byte[] {0, 5, 0},
                new byte[] {2, 0},
                new byte[] {0, 2, 0, 0, 0},
                new byte[] {0, 3, 0, 0, 0},
                new byte[] {-1, -1, -1, -1})) {
          int alert = alert(source.hello().with(type, content));
          if (alert == AlertDescription.internal_error) {
            wrong.put(type + " " + HexFormat.of().formatHex(content), alert);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The message itself, cut and lengthened at every place. */
  @Test
  void aMessageThatEndsTooEarlyOrTooLateIsNotReadable_C60() {
    for (byte[] hello : List.of(good().encoded(), RawHello.offeringTokenBinding().encoded())) {
      for (int length = 0; length < hello.length - 9; length++) {
        byte[] cut = Arrays.copyOf(hello, 9 + length);
        cut[3] = (byte) ((length + 4) >>> 8);
        cut[4] = (byte) (length + 4);
        cut[7] = (byte) (length >>> 8);
        cut[8] = (byte) length;
        int alert = alert(cut);
        if (alert != -1 && alert != AlertDescription.decode_error) {
          // whole without its extensions
          assertThat(alert)
              .as("cut to " + length)
              .isIn(
                  (int) AlertDescription.missing_extension,
                  (int) AlertDescription.handshake_failure,
                  (int) AlertDescription.protocol_version);
        }
      }
      byte[] longer = Arrays.copyOf(hello, hello.length + 1);
      longer[4]++;
      longer[8]++;
      assertThat(alert(longer)).isEqualTo(AlertDescription.decode_error);
    }
  }

  @Test
  void aChangedByteIsNeverAnErrorOfTheServer_C60() {
    Random random = new Random(5);
    byte[] hello = good().encoded();
    for (int i = 0; i < 600; i++) {
      byte[] changed = hello.clone();
      int at = 9 + random.nextInt(changed.length - 9);
      changed[at] = (byte) random.nextInt();
      assertThat(alert(changed))
          .as("byte %d is %d", at, changed[at])
          .isNotEqualTo(AlertDescription.internal_error);
    }
  }
}
