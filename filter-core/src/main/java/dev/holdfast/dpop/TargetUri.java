package dev.holdfast.dpop;

import org.jspecify.annotations.Nullable;

/**
 * An absolute {@code http} or {@code https} URI without query and fragment, after the syntax-based
 * and the scheme-based normalisation of RFC 3986 sections 6.2.2 and 6.2.3: two of them are the same
 * target exactly if their texts are equal (RFC 9449 section 4.3).
 *
 * @param text the normal form, for example {@code https://api.example/payments}
 */
record TargetUri(String text) {
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";
  private static final int MAX_PORT = 65_535;

  /**
   * Reads and normalises.
   *
   * @return null for anything that is not such a URI: another scheme, no host, a user, a character
   *     or a percent-encoding that RFC 3986 does not know
   */
  static @Nullable TargetUri of(String uri) {
    return isPlain(uri) ? new TargetUri(uri) : normalised(uri);
  }

  /** Whether there is certainly nothing to normalise, as with nearly every URI. */
  private static boolean isPlain(String uri) {
    int authority = uri.startsWith("https://") ? 8 : uri.startsWith("http://") ? 7 : uri.length();
    int path = uri.indexOf('/', authority);
    if (path <= authority) {
      return false;
    }
    for (int i = authority; i < path; i++) {
      char character = uri.charAt(i);
      if (!isUnreserved(character) || character != lowerCase(character)) {
        return false;
      }
    }
    for (int i = path; i < uri.length(); i++) {
      char character = uri.charAt(i);
      boolean dots = character == '.' && uri.charAt(i - 1) == '/'; // perhaps a dot segment
      if (dots || !(isUnreserved(character) || character == '/')) {
        return false;
      }
    }
    return true;
  }

  /** The same for any URI, character by character. */
  static @Nullable TargetUri normalised(String uri) {
    int defaultPort;
    StringBuilder normal = new StringBuilder(uri.length() + 1);
    if (uri.regionMatches(true, 0, "https://", 0, 8)) {
      normal.append("https://");
      defaultPort = 443;
    } else if (uri.regionMatches(true, 0, "http://", 0, 7)) {
      normal.append("http://");
      defaultPort = 80;
    } else {
      return null;
    }
    int authority = normal.length();
    int end = authority;
    while (end < uri.length() && uri.charAt(end) != '?' && uri.charAt(end) != '#') {
      end++;
    }
    int path = uri.indexOf('/', authority);
    if (path < 0 || path > end) {
      path = end;
    }
    return appendAuthority(normal, uri.substring(authority, path), defaultPort)
            && appendPath(normal, uri.substring(path, end))
        ? new TargetUri(normal.toString())
        : null;
  }

  private static boolean appendAuthority(StringBuilder normal, String authority, int defaultPort) {
    int hostEnd =
        authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.lastIndexOf(':');
    if (hostEnd < 0) {
      hostEnd = authority.length();
    }
    String port = authority.substring(hostEnd);
    if (!port.isEmpty() && port.charAt(0) != ':') {
      return false;
    }
    return appendHost(normal, authority.substring(0, hostEnd))
        && appendPort(normal, port.isEmpty() ? "" : port.substring(1), defaultPort);
  }

  private static boolean appendHost(StringBuilder normal, String host) {
    if (host.startsWith("[")) {
      normal.append('[');
      for (int i = 1; i < host.length() - 1; i++) {
        char character = host.charAt(i);
        if (hexValue(character) < 0 && character != ':' && character != '.') {
          return false;
        }
        normal.append(lowerCase(character));
      }
      normal.append(']');
      return host.length() > 3;
    }
    int start = normal.length();
    if (host.isEmpty() || !appendNormal(normal, host, "")) {
      return false;
    }
    for (int i = start; i < normal.length(); i++) {
      if (normal.charAt(i) == '%') {
        i += 2; // its digits are upper-case already, and stay so
      } else {
        normal.setCharAt(i, lowerCase(normal.charAt(i)));
      }
    }
    return true;
  }

  private static boolean appendPort(StringBuilder normal, String digits, int defaultPort) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      char digit = digits.charAt(i);
      if (digit < '0' || digit > '9') {
        return false;
      }
      port = port * 10 + digit - '0';
      if (port > MAX_PORT) {
        return false;
      }
    }
    if (!digits.isEmpty() && port != defaultPort) {
      normal.append(':').append(port);
    }
    return true;
  }

  /** Appends the path without dot segments (RFC 3986 section 5.2.4); an empty one is {@code /}. */
  private static boolean appendPath(StringBuilder normal, String path) {
    StringBuilder decoded = new StringBuilder(path.length() + 1);
    if (!appendNormal(decoded, path, "/:@")) {
      return false;
    }
    int root = normal.length();
    int start = 1;
    while (start <= decoded.length()) {
      int slash = decoded.indexOf("/", start);
      int end = slash < 0 ? decoded.length() : slash;
      String segment = decoded.substring(start, end);
      if (segment.equals("..")) {
        normal.setLength(Math.max(root, normal.lastIndexOf("/")));
      } else if (!segment.equals(".")) {
        normal.append('/').append(segment);
      }
      if (slash < 0 && (segment.equals("..") || segment.equals("."))) {
        normal.append('/');
      }
      start = end + 1;
    }
    if (normal.length() == root) {
      normal.append('/');
    }
    return true;
  }

  /**
   * Appends with percent-encodings of unreserved characters decoded and all others in upper case.
   */
  private static boolean appendNormal(StringBuilder normal, String part, String alsoAllowed) {
    for (int i = 0; i < part.length(); i++) {
      char character = part.charAt(i);
      if (character == '%') {
        if (i + 2 >= part.length()) {
          return false;
        }
        int high = hexValue(part.charAt(i + 1));
        int low = hexValue(part.charAt(i + 2));
        if (high < 0 || low < 0) {
          return false;
        }
        char encoded = (char) (high << 4 | low);
        if (isUnreserved(encoded)) {
          normal.append(encoded);
        } else {
          normal.append('%').append(upperHex(high)).append(upperHex(low));
        }
        i += 2;
      } else if (isUnreserved(character)
          || SUB_DELIMITERS.indexOf(character) >= 0
          || alsoAllowed.indexOf(character) >= 0) {
        normal.append(character);
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || UNRESERVED_MARKS.indexOf(character) >= 0;
  }

  private static int hexValue(char character) {
    return character < 128 ? Character.digit(character, 16) : -1;
  }

  private static char upperHex(int value) {
    return "0123456789ABCDEF".charAt(value);
  }

  private static char lowerCase(char character) {
    return character >= 'A' && character <= 'Z' ? (char) (character + 32) : character;
  }
}
