package dev.holdfast.internal.http;

import java.net.URI;

/**
 * Where to connect to.
 *
 * @param secure whether TLS is spoken there
 * @param host a name or an address, without brackets
 * @param port the number, the scheme's own where the address names none
 */
record Origin(boolean secure, String host, int port) {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** The origin of an address that {@link IssuerUri} has checked. */
  static Origin of(URI uri) {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    String host = uri.getHost();
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(secure);
    return new Origin(secure, host, port);
  }

  private static int defaultPort(boolean secure) {
    return secure ? HTTPS_PORT : HTTP_PORT;
  }

  /** {@code Host} (RFC 9110 section 7.2): without the port where it is the scheme's own. */
  String hostField() {
    return port == defaultPort(secure) ? bracketed() : authority();
  }

  /** Host and port, as {@code CONNECT} wants them (RFC 9110 section 9.3.6). */
  String authority() {
    return bracketed() + ":" + port;
  }

  /** A zone says something to this machine only (RFC 6874 section 4). */
  private String bracketed() {
    if (host.indexOf(':') < 0) {
      return host;
    }
    int zone = host.indexOf('%');
    return "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
  }
}
