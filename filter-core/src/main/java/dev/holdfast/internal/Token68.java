package dev.holdfast.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The alphabet of a credential: {@code token68} (RFC 9110 section 11.2).
 *
 * <p>The plain table decides. Before it, eight characters at a time are looked at for what nearly
 * every token is made of; that may only ever say yes, and to nothing that the table refuses.
 */
final class Token68 {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOP = 0x8080_8080_8080_8080L;
  private static final boolean[] ALPHABET = new boolean[256];

  static {
    String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    characters.chars().forEach(character -> ALPHABET[character] = true);
  }

  private Token68() {}

  /** Whether the first {@code length} bytes, one for each character, are one token68. */
  static boolean matches(byte[] text, int length) {
    return isUsual(text, length) || isInTable(text, length);
  }

  private static boolean isInTable(byte[] text, int length) {
    int end = length;
    while (end > 0 && text[end - 1] == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      if (!ALPHABET[text[i] & 0xFF]) {
        return false;
      }
    }
    return end > 0;
  }

  /** Whether there are letters, digits, and {@code - . / _} only, and eight of them at least. */
  private static boolean isUsual(byte[] text, int length) {
    if (length < Long.BYTES) {
      return false;
    }
    int last = length - Long.BYTES;
    long unusual = unusual((long) EIGHT.get(text, last)); // overlaps the one before
    for (int i = 0; i < last; i += Long.BYTES) {
      unusual |= unusual((long) EIGHT.get(text, i));
    }
    return (unusual & TOP) == 0;
  }

  /**
   * The top bit of each byte says whether that byte is none of the usual characters. Adding {@code
   * 0x80 - c} to a byte below 0x80 sets its top bit when it is {@code c} or above, and carries
   * nothing into the next byte; bytes from 0x80 on are unusual, whatever they carry.
   */
  private static long unusual(long eight) {
    long lower = eight | ' ' * EACH;
    long letter = (lower + (0x80 - 'a') * EACH) & ~(lower + (0x7F - 'z') * EACH);
    long digit = (eight + (0x80 - '-') * EACH) & ~(eight + (0x7F - '9') * EACH); // and - . /
    long notUnderscore = (eight ^ '_' * EACH) + 0x7F * EACH;
    return (notUnderscore & ~letter & ~digit) | eight;
  }
}
