package dev.holdfast.mtls.encoding;

/** Hexadecimal digits whose letters are all of one case, whichever that is. */
final class HexDigits {
  private static final int LOWER = 1;
  private static final int UPPER = 2;

  private int cases;

  /** The value of a digit, or -1 when it is none or the text mixes the cases. */
  int value(char digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
      return of(LOWER, digit - 'a');
    }
    if (digit >= 'A' && digit <= 'F') {
      return of(UPPER, digit - 'A');
    }
    return -1;
  }

  private int of(int letterCase, int letter) {
    cases |= letterCase;
    return cases == letterCase ? 10 + letter : -1;
  }

  /** The byte that two digits at {@code at} spell, or -1. */
  int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = value(text.charAt(at));
    int low = value(text.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
