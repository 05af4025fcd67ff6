package dev.holdfast.internal.http;

import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One field (RFC 9112 section 5): a token, a colon right after it, a value. A line that continues
 * the one before is refused (section 5.2).
 *
 * @param name as it was sent
 * @param value without the white space around it
 */
record FieldLine(String name, String value) {
  private static final BitSet TOKEN = new BitSet();

  static {
    "!#$%&'*+-.^_`|~0123456789".chars().forEach(TOKEN::set);
    TOKEN.set('A', 'Z' + 1);
    TOKEN.set('a', 'z' + 1);
  }

  /** The next field, or null after the last one. */
  static @Nullable FieldLine read(HeadLines lines) throws IOException {
    String line = lines.next();
    if (line.isEmpty()) {
      return null;
    }
    int colon = line.indexOf(':');
    if (colon < 1 || !isToken(line, colon)) {
      throw new MalformedAnswerException("a field of the answer has a malformed name");
    }
    return new FieldLine(line.substring(0, colon), line.substring(colon + 1).trim());
  }

  private static boolean isToken(String line, int length) {
    for (int i = 0; i < length; i++) {
      if (!TOKEN.get(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
