package dev.holdfast;

/** The alphabet of a credential: {@code token68}, bounded (RFC 9110 section 11.2). */
final class Token68 {
  private static final boolean[] ALPHABET = new boolean[128];

  static {
    String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";
    characters.chars().forEach(character -> ALPHABET[character] = true);
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
    for (int i = start; i < end; i++) {
      char character = text.charAt(i);
      if (character >= 128 || !ALPHABET[character]) {
        return false;
      }
    }
    return end > start;
  }
}
