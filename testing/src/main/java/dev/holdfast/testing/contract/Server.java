package dev.holdfast.testing.contract;

/**
 * A running server. Everything is protected but what is below {@code /public/}:
 *
 * <ul>
 *   <li>{@code GET /me}: 200, JSON with {@code subject}, {@code issuer}, {@code client}, {@code
 *       binding} (the proven method or {@code none}) and {@code thumbprint} (or null)
 *   <li>{@code POST /payments}: the same with 201
 *   <li>{@code GET /public/ping}: 200, open
 *   <li>{@code /forward}, {@code /include}: hand over to {@code /me}; so do {@code /public/forward}
 *       and {@code /public/include}, which are open themselves
 *   <li>{@code /async}: goes async, and dispatches to {@code /me} from another thread
 *   <li>{@code /error}: ends with error 418, whose error page is {@code /error-page}; so does the
 *       open {@code /public/error}. The page is the text {@code error page for} and the subject
 *   <li>{@code /seen}: 200, what the application sees: a line {@code name: value} for each header,
 *       with its name in lower case, then {@code beneath: } and the thumbprint of the certificate
 *       that the container's own request has or {@code none}, then {@code remote: } and {@code
 *       getRemoteAddr()}, then {@code certificate: } and the thumbprint in {@code
 *       jakarta.servlet.request.X509Certificate} or {@code none}
 *   <li>every other path and method: 200, JSON with {@code path}, the path as the framework
 *       dispatched on it
 * </ul>
 */
public interface Server extends AutoCloseable {
  /** The port of the loopback interface. */
  int port();

  /**
   * What the paths above are below: empty, or {@code /} and digits, which have no letter case and
   * need no encoding.
   */
  default String contextPath() {
    return "";
  }

  /** How many requests reached a protected endpoint so far. */
  int reached();

  @Override
  void close();
}
