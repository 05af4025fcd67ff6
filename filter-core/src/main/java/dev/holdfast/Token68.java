package dev.holdfast;

import java.util.Arrays;

/** The alphabet of a credential: {@code token68}, bounded (RFC 9110 section 11.2). */
final class Token68 {
  private static final int ASCII = 128;
  private static final byte[] STRANGE = new byte[ASCII];

  static {
    String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    Arrays.fill(STRANGE, (byte) 1);
    characters.chars().forEach(character -> STRANGE[character] = 0);
  }

  private Token68() {}

  /** Whether everything from {@code start} on is one token68 of acceptable length. */
  static boolean matches(String text, int start) {
    int length = text.length() - start;
    if (length < 1 || length > PresentedToken.MAX_LENGTH) {
      return false;
    }
    int end = text.length();
    while (end > start && text.charAt(end - 1) == '=') {
      end--;
    }
    int strange = 0;
    for (int i = start; i < end; i++) { // no branch: every request pays for each character
      char character = text.charAt(i);
      strange |= STRANGE[character & (ASCII - 1)] | (character / ASCII);
    }
    return strange == 0 && end > start;
  }
}
