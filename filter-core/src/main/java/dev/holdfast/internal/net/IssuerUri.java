package dev.holdfast.internal.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * The address of an issuer's endpoint: {@code https}, or {@code http} on a loopback address, and
 * elsewhere where a setting says so.
 */
public final class IssuerUri {
  private static final int LAST_PORT = 65_535;

  private IssuerUri() {}

  /**
   * Checks an address.
   *
   * @param property the setting it comes from, for the error text
   * @throws IllegalArgumentException with a text that says what to do
   */
  public static URI require(String property, String text) {
    return require(property, text, false);
  }

  /**
   * Checks an address.
   *
   * @param allowPlainHttp whether {@code http} is taken for every host
   * @throws IllegalArgumentException with a text that says what to do
   */
  public static URI require(String property, String text, boolean allowPlainHttp) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          property + " is not a URI: " + shown(text) + " (" + e.getReason() + ")");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          property + " needs a host, no user info and no fragment: " + shown(text));
    }
    if (uri.getPort() > LAST_PORT) {
      throw new IllegalArgumentException(property + " has a port out of range: " + shown(text));
    }
    if (scheme.equals("https")
        || (scheme.equals("http") && (allowPlainHttp || isLoopback(uri.getHost())))) {
      return uri;
    }
    throw new IllegalArgumentException(
        property
            + " must begin with https:// (http:// is taken for loopback addresses only): "
            + shown(text));
  }

  /** The text, but not when a password may stand before an {@code @}. */
  private static String shown(String text) {
    return text.indexOf('@') < 0 ? '"' + text + '"' : "(not shown, as it may hold a password)";
  }

  /** By name or literal only: no look-up, whose answer could change. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
