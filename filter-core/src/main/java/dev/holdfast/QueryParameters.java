package dev.holdfast;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks for a parameter's name in a raw query, and never at its value. */
final class QueryParameters {
  private QueryParameters() {}

  static boolean contain(@Nullable String query, String name) {
    if (query == null || query.isEmpty()) {
      return false;
    }
    int start = 0;
    while (start <= query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', start);
      if (isName(query.substring(start, equals < 0 || equals > end ? end : equals), name)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isName(String spelled, String name) {
    if (spelled.indexOf('%') < 0) {
      return spelled.equals(name);
    }
    try {
      return URLDecoder.decode(spelled, StandardCharsets.UTF_8).equals(name);
    } catch (IllegalArgumentException malformedEscape) {
      return false; // no container reads a parameter of that name from it
    }
  }
}
