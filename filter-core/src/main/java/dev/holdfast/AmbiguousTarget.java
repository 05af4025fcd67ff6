package dev.holdfast;

/**
 * Recognises request targets whose path two readers could understand differently: a rule must never
 * protect such a form less than the plain one (RFC 3986 sections 3.3 and 5.2.4, and what containers
 * and proxies are known to disagree about).
 */
final class AmbiguousTarget {
  private static final String[] ENCODED_DELIMITERS = {"%2f", "%5c", "%2e", "%25", "%3b"};

  private AmbiguousTarget() {}

  static boolean is(String rawPath) {
    boolean escaped = false;
    for (int i = 0; i < rawPath.length(); i++) {
      char character = rawPath.charAt(i);
      if (character <= ' ' || character >= 127 || character == ';' || character == '\\') {
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
    for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
      if (i + 2 >= path.length()) {
        return true;
      }
      int value =
          Character.digit(path.charAt(i + 1), 16) << 4 | Character.digit(path.charAt(i + 2), 16);
      if (value <= ' ' || value == 127) { // a digit that is none makes it negative
        return true;
      }
      for (String delimiter : ENCODED_DELIMITERS) {
        if (path.regionMatches(true, i, delimiter, 0, delimiter.length())) {
          return true;
        }
      }
    }
    return false;
  }
}
