package dev.holdfast.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Recognises request targets whose path two readers could understand differently: a rule must never
 * protect such a form less than the plain one (RFC 3986 sections 3.3 and 5.2.4, and what containers
 * and proxies are known to disagree about).
 *
 * <p>Other escapes lead nowhere else: {@code %20} inside a segment is a space in a name. At either
 * end of a segment it is ambiguous, because some readers trim names there.
 */
final class AmbiguousTarget {
  private static final String RAW = ";\\?#";
  private static final String ESCAPED = "/\\.%;?#";

  private AmbiguousTarget() {}

  static boolean is(String rawPath) {
    if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
      return true;
    }
    boolean escaped = false;
    for (int i = 0; i < rawPath.length(); i++) {
      char character = rawPath.charAt(i);
      if (character <= ' ' || character >= 127 || RAW.indexOf(character) >= 0) {
        return true;
      }
      if (character == '/' && isDotOrEmptySegment(rawPath, i + 1)) {
        return true;
      }
      escaped |= character == '%';
    }
    return escaped && hasAmbiguousEscape(rawPath);
  }

  /** Whether the segment that begins here is empty (and not the last), "." or "..". */
  private static boolean isDotOrEmptySegment(String path, int start) {
    int end = path.indexOf('/', start);
    int length = (end < 0 ? path.length() : end) - start;
    return (length == 0 && end >= 0)
        || (length == 1 && path.charAt(start) == '.')
        || (length == 2 && path.startsWith("..", start));
  }

  private static boolean hasAmbiguousEscape(String path) {
    byte[] decoded = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      int value = path.charAt(i);
      if (value == '%') {
        value = escapedByte(path, i);
        if (value < ' ' || value == 127 || ESCAPED.indexOf(value) >= 0) {
          return true;
        }
        if (value == ' ' && isAtAnEnd(path, i)) {
          return true;
        }
        i += 2;
      }
      decoded[length++] = (byte) value;
    }
    try { // an overlong or broken sequence is read differently by whoever is lenient
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded, 0, length));
      return false;
    } catch (CharacterCodingException notUtf8) {
      return true;
    }
  }

  /** Whether the escape at this place begins or ends a segment. */
  private static boolean isAtAnEnd(String path, int percent) {
    int next = percent + 3;
    return path.charAt(percent - 1) == '/' || next == path.length() || path.charAt(next) == '/';
  }

  /** The byte that the escape spells, or something negative when it is none. */
  private static int escapedByte(String path, int percent) {
    if (percent + 2 >= path.length()) {
      return -1;
    }
    char high = path.charAt(percent + 1);
    char low = path.charAt(percent + 2); // both below 128, so digit() knows ASCII digits only
    return Character.digit(high, 16) << 4 | Character.digit(low, 16);
  }
}
