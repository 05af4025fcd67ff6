package dev.holdfast.tokenbinding.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.TokenBindingKey;
import dev.holdfast.testing.TokenBindingSpecimen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Valid messages, spoiled at every place. {@link Keys#refusal} lets every other exception escape,
 * which fails the test.
 */
@Tag("verify")
class MutationTest {

  /** Signed to the last byte but for lengths: no type, key kind or extension that is read over. */
  static Stream<TokenBindingKey> keys() {
    return Keys.ALL.stream();
  }

  private static byte[] valid(TokenBindingKey key) {
    return TokenBindingSpecimen.message(Keys.provided(key));
  }

  private static byte[] withEverything() {
    return TokenBindingSpecimen.message(
        Keys.provided(Keys.EC).withExtension(9, new byte[] {1, 2, 3}),
        Keys.referred(Keys.OTHER_EC),
        Keys.OTHER_EC.binding(Keys.UNKNOWN_TYPE, Keys.ekm(1)),
        Keys.provided(Keys.EC).withType(200).withKeyParameters(Keys.UNKNOWN_KEY_PARAMETERS));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void theUnspoiledMessagesAreAccepted(TokenBindingKey key) {
    assertThat(Keys.refusal(valid(key), key, UnknownTypes.SKIP)).isNull();
    assertThat(Keys.refusal(withEverything(), Keys.EC, UnknownTypes.VERIFY)).isNull();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyTruncationIsRefused_T66(TokenBindingKey key) {
    truncate(valid(key), key);
    truncate(withEverything(), Keys.EC);
  }

  private static void truncate(byte[] message, TokenBindingKey key) {
    List<Integer> ends = endsOf(message);
    for (int length = 0; length < message.length; length++) {
      byte[] truncated = Arrays.copyOf(message, length);
      assertThat(Keys.refusal(truncated, key, UnknownTypes.SKIP)).as("%s", length).isNotNull();
      if (length >= 2) { // and with an outer length that says so
        truncated[0] = (byte) ((length - 2) >>> 8);
        truncated[1] = (byte) (length - 2);
      }
      assertThat(Keys.refusal(truncated, key, UnknownTypes.SKIP) == null)
          .as("%s", length)
          .isEqualTo(ends.contains(length));
    }
  }

  /**
   * Where a shorter message of whole bindings ends: there, and only there, it is another message.
   */
  private static List<Integer> endsOf(byte[] message) {
    List<Integer> ends = new ArrayList<>();
    int end = 2;
    while (end < message.length) {
      int key = u16(message, end + 2);
      int signature = u16(message, end + 4 + key);
      int extensions = u16(message, end + 6 + key + signature);
      end += 8 + key + signature + extensions;
      ends.add(end);
    }
    return ends;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aTrailingByteIsRefusedWithAndWithoutALengthThatCoversIt_T66(TokenBindingKey key) {
    byte[] message = valid(key);
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    assertThat(Keys.refusal(longer, key, UnknownTypes.SKIP)).contains("length");
    longer[1]++;
    assertThat(Keys.refusal(longer, key, UnknownTypes.SKIP)).isNotNull();
  }

  /** Every bit of it counts: framing, or signed, or the signature, or the key that it is of. */
  @ParameterizedTest
  @MethodSource("keys")
  void everySingleByteChangeIsRefused_T66(TokenBindingKey key) {
    byte[] message = valid(key);
    for (int i = 0; i < message.length; i++) {
      for (int flip : flips(i)) {
        byte[] changed = message.clone();
        changed[i] ^= (byte) flip;
        assertThat(Keys.refusal(changed, key, UnknownTypes.SKIP))
            .as("byte %s changed by %s", i, flip)
            .isNotNull();
      }
    }
  }

  /** All 255 changes of the framing in front, and one of each of the other bytes. */
  private static int[] flips(int at) {
    int[] all = new int[at < 8 ? 255 : 1];
    Arrays.setAll(all, i -> i + 1);
    return all;
  }

  /** Each length, replaced by every other one that a single byte of it can say. */
  @ParameterizedTest
  @EnumSource(UnknownTypes.class)
  void everyLengthLieIsRefused_T66(UnknownTypes mode) {
    byte[] message = withEverything();
    int lies = 0;
    for (int at : lengthsOf(message)) {
      for (int flip = 1; flip < 256; flip++) {
        byte[] lying = message.clone();
        lying[at] ^= (byte) flip;
        assertThat(Keys.refusal(lying, Keys.EC, mode)).as("%s by %s", at, flip).isNotNull();
        lies++;
      }
    }
    assertThat(lies).isGreaterThan(255 * 25);
  }

  /** Every length byte: outer, key, point, signature, extensions, extension data. */
  private static List<Integer> lengthsOf(byte[] message) {
    List<Integer> at = new ArrayList<>(List.of(0, 1));
    int start = 2;
    for (int end : endsOf(message)) {
      int key = u16(message, start + 2);
      int signature = start + 4 + key;
      int extensions = signature + 2 + u16(message, signature);
      at.addAll(List.of(start + 2, start + 3, signature, signature + 1));
      at.addAll(List.of(extensions, extensions + 1));
      if ((message[start + 1] & 0xff) != Keys.UNKNOWN_KEY_PARAMETERS) {
        at.add(start + 4); // the point's own, which is opaque with unknown key parameters
      }
      if (u16(message, extensions) > 0) {
        at.addAll(List.of(extensions + 3, extensions + 4));
      }
      start = end;
    }
    return at;
  }

  /**
   * What may change in a message with every kind of part, and stay valid, is what no rule looks at:
   * the content of extensions, and of what is of an unknown type or an unknown kind. None of it
   * changes what is provided, and none adds a referred key.
   */
  @ParameterizedTest
  @EnumSource(UnknownTypes.class)
  void noSingleByteChangeEstablishesAnotherKey_T66(UnknownTypes mode) throws Exception {
    byte[] message = withEverything();
    for (int i = 0; i < message.length; i++) {
      byte[] changed = message.clone();
      changed[i] ^= 0x41;
      if (Keys.refusal(changed, Keys.EC, mode) == null) {
        VerifiedTokenBindings verified =
            new TokenBindingMessageVerifier(mode)
                .verify(TokenBindingMessage.parse(changed), Keys.connection(1, Keys.EC));
        assertThat(verified.provided().bytes()).isEqualTo(Keys.EC.id());
        if (verified.referred() != null) {
          assertThat(verified.referred().bytes()).isEqualTo(Keys.OTHER_EC.id());
        }
      }
    }
  }
}
