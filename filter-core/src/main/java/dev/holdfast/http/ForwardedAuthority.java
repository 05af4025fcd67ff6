package dev.holdfast.http;

import java.util.List;

/**
 * A scheme or a host that frameworks and containers put before a path. Many of them take it from
 * {@code Forwarded} or {@code X-Forwarded-*} without a look at its grammar, and read the whole as
 * one URL: {@code host=evil/pay/x?} makes {@code https://evil/pay/x?/public}, whose path is another
 * one than the client called.
 */
public final class ForwardedAuthority {
  private static final List<String> NAMES =
      List.of(
          "Forwarded",
          "X-Forwarded-Proto",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Ssl");

  /** What an answer says. */
  public static final String REFUSAL = "a forwarded scheme or host carries a path";

  private ForwardedAuthority() {}

  /**
   * Whether this scheme ends where the path begins: letters, digits, {@code +}, {@code -} and
   * {@code .} (RFC 3986 section 3.1).
   */
  public static boolean isScheme(String scheme) {
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean isLetter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (!isLetter && !(c >= '0' && c <= '9') && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return !scheme.isEmpty();
  }

  /** Whether a URL's authority ends behind this host (RFC 3986 section 3.2). */
  public static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '/' || c == '?' || c == '#' || c == '\\' || c == '@') {
        return false;
      }
    }
    return true;
  }

  /** Whether a field that may become a scheme or a host has what ends an authority. */
  public static boolean isMovedBy(ReceivedRequest request) {
    for (String name : NAMES) {
      for (String value : request.headers(name)) {
        if (value.indexOf('/') >= 0 || value.indexOf('?') >= 0 || value.indexOf('#') >= 0) {
          return true;
        }
      }
    }
    return false;
  }
}
