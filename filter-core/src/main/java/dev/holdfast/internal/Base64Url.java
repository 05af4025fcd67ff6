package dev.holdfast.internal;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * base64url without padding, one spelling for each value (RFC 4648 sections 3.2, 3.5 and 5; RFC
 * 7515 section 2): no {@code =}, no white space, no other character, and the unused bits of the
 * last character are zero.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final byte INVALID = -1;
  private static final byte[] SIX_BITS = new byte[128];

  static {
    Arrays.fill(SIX_BITS, INVALID);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      SIX_BITS[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Url() {}

  /** The one spelling of {@code bytes}. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The bytes that {@code text} spells, or null when it is not the one spelling of anything. */
  public static byte @Nullable [] decode(CharSequence text) {
    return decode(text, 0, text.length());
  }

  /** The same for the characters of {@code text} from {@code from} to before {@code to}. */
  public static byte @Nullable [] decode(CharSequence text, int from, int to) {
    int length = to - from;
    int tail = length % 4;
    if (tail == 1) {
      return null;
    }
    byte[] bytes = new byte[length / 4 * 3 + (tail == 0 ? 0 : tail - 1)];
    int written = 0;
    int accumulator = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      char character = text.charAt(i);
      byte value = character < 128 ? SIX_BITS[character] : INVALID;
      if (value == INVALID) {
        return null;
      }
      accumulator = accumulator << 6 | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes[written++] = (byte) (accumulator >>> bits);
        accumulator &= (1 << bits) - 1;
      }
    }
    return accumulator == 0 ? bytes : null;
  }
}
