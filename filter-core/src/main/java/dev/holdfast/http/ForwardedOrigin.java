package dev.holdfast.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy says its client asked for. Where there is a list, the last element counts,
 * the one that the trusted proxy itself added; of {@code Forwarded} the last of all fields, and of
 * the {@code X-Forwarded} headers, which nobody has defined as lists, each is there once at most.
 * The scheme must be said, {@code ws} and {@code wss} for a WebSocket's handshake being {@code
 * http} and {@code https}; a host that is not said is the one in {@code Host}, which the proxy then
 * has kept.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and, if need be, port
 * @param prefix a path that the proxy has removed, without a slash at its end; most often empty
 */
record ForwardedOrigin(String scheme, String authority, String prefix) {
  static final String FORWARDED = "Forwarded";
  static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";
  private static final String PORT = "X-Forwarded-Port";
  private static final String PREFIX = "X-Forwarded-Prefix";
  private static final Pattern PORT_DIGITS = Pattern.compile("[0-9]{1,5}");
  static final List<String> X_FORWARDED = List.of(PROTO, HOST, PORT, PREFIX);

  /** In place of a value: the header is there more than once. */
  private static final String TWOFOLD = "";

  /** Scheme, authority and prefix. */
  String base() {
    return scheme + "://" + authority + prefix;
  }

  /** As RFC 7239 has it, or null when it cannot be read. */
  static @Nullable ForwardedOrigin forwarded(ReceivedRequest request, @Nullable String ownHost) {
    Map<String, String> last = ForwardedElements.last(request.headers(FORWARDED));
    return last == null ? null : of(last.get("proto"), last.getOrDefault("host", ownHost), "");
  }

  /** As the four {@code X-Forwarded} headers have it, or null when they cannot be read. */
  static @Nullable ForwardedOrigin xForwarded(ReceivedRequest request, @Nullable String ownHost) {
    String host = lastOf(single(request, HOST));
    String port = lastOf(single(request, PORT));
    String prefix = lastOf(single(request, PREFIX));
    String authority = withPort(host == null ? ownHost : host, port);
    return prefix != null && !prefix.startsWith("/")
        ? null
        : of(lastOf(single(request, PROTO)), authority, prefix == null ? "" : prefix);
  }

  private static @Nullable ForwardedOrigin of(
      @Nullable String proto, @Nullable String authority, String prefix) {
    if (proto == null || authority == null || !isAuthority(authority)) {
      return null;
    }
    String scheme =
        switch (proto.toLowerCase(Locale.ROOT)) {
          case "https", "wss" -> "https";
          case "http", "ws" -> "http";
          default -> null;
        };
    return scheme == null
        ? null
        : new ForwardedOrigin(
            scheme,
            authority,
            prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
  }

  /** Nothing that would end the authority, or be a second one; the rest is the comparison's. */
  private static boolean isAuthority(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character <= ' ' || character > '~' || "/?#@\\,\"".indexOf(character) >= 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * The port that the client wrote is in the host, as {@code Host} has it for every port but the
   * scheme's own (RFC 9110 section 7.2): it counts, whichever port the proxy listens on. A host
   * without a port gets the proxy's, but for 80 and 443, which are a scheme's own or, beside the
   * other scheme, that of a hop without TLS. A scheme's own port that the client wrote out beside
   * another one makes no authority.
   */
  private static @Nullable String withPort(@Nullable String host, @Nullable String port) {
    if (host == null || port == null) {
      return host;
    }
    if (host.isEmpty() || !PORT_DIGITS.matcher(port).matches()) {
      return null;
    }
    int colon = host.lastIndexOf(':');
    if (colon <= host.lastIndexOf(']')) {
      return isSchemesOwn(port) ? host : host + ':' + port;
    }
    String written = host.substring(colon + 1);
    return !isSchemesOwn(written) || isSchemesOwn(port) || written.equals(port) ? host : null;
  }

  private static boolean isSchemesOwn(String port) {
    return port.equals("80") || port.equals("443");
  }

  /** The one field, null when there is none, {@link #TWOFOLD} when there are several. */
  private static @Nullable String single(ReceivedRequest request, String name) {
    List<String> values = request.headers(name);
    if (values.isEmpty()) {
      return null;
    }
    return values.size() == 1 ? values.get(0) : TWOFOLD;
  }

  private static @Nullable String lastOf(@Nullable String list) {
    return list == null ? null : list.substring(list.lastIndexOf(',') + 1).trim();
  }
}
