package dev.holdfast.servlet;

import dev.holdfast.configuration.ProxySettings;
import dev.holdfast.configuration.ProxySettings.Forwarding;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The URI that the client asked for, put together from what is believed: the configured base, or
 * what a trusted proxy forwards, or the request's own {@code Host} (RFC 9110 section 7.1). A
 * trusted proxy whose header stands twice or cannot be read leaves it unknown. So does a scheme
 * that nobody but the client says (see {@link SchemeOrigin}), and a path whose dot segments the
 * container did not resolve (see {@link RoutedPath}).
 *
 * <p>It is what the client wrote, so it is neither decoded nor normalised, and without a query.
 * Where the proxy hands on another target than it was asked for, a field of its own may have the
 * one that the client wrote: that is the whole path then, and no prefix is put before it.
 */
final class RequestUri {
  private static final RequestUri DIRECT = new RequestUri(Forwarding.NONE, null, null);

  private final Forwarding forwarding;
  private final @Nullable String base;
  private final @Nullable String originalHeader;

  private RequestUri(
      Forwarding forwarding, @Nullable String base, @Nullable String originalHeader) {
    this.forwarding = forwarding;
    this.base = base;
    this.originalHeader = originalHeader;
  }

  /** As these settings say. */
  static RequestUri of(ProxySettings settings) {
    String uri = settings.externalUri();
    String base = uri != null && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String header = settings.originalUriHeader();
    return base == null && header == null && settings.forwarding() == Forwarding.NONE
        ? DIRECT
        : new RequestUri(settings.forwarding(), base, header);
  }

  /** Nobody is believed but the request itself. */
  static RequestUri direct() {
    return DIRECT;
  }

  /** The headers in which a trusted proxy is believed. */
  List<String> headerNames() {
    List<String> names =
        new ArrayList<>(
            switch (forwarding) {
              case NONE -> List.<String>of();
              case FORWARDED -> List.of(ForwardedOrigin.FORWARDED);
              case X_FORWARDED -> ForwardedOrigin.X_FORWARDED;
            });
    if (originalHeader != null) {
      names.add(originalHeader);
    }
    return names;
  }

  /**
   * The URI, or null when it is not known.
   *
   * @param request the request, whatever wraps it
   * @param wire the container's own, below what filters wrapped around it
   * @param trusted whether its peer is a trusted proxy
   */
  @Nullable String of(HttpServletRequest request, HttpServletRequest wire, boolean trusted) {
    if (RoutedPath.hasDotSegment(request, wire)) {
      return null;
    }
    String before = base(wire, trusted);
    List<String> originals =
        trusted && originalHeader != null
            ? ServletEvidence.values(wire.getHeaders(originalHeader))
            : List.of();
    if (originals.isEmpty()) {
      return before == null ? null : before + path(request, wire);
    }
    String original = originals.size() == 1 ? originalPath(originals.get(0)) : null;
    return before == null || original == null ? null : origin(before) + original;
  }

  /** What stands before the path: the origin, and a prefix that the proxy has removed. */
  private @Nullable String base(HttpServletRequest wire, boolean trusted) {
    if (base != null) {
      return base;
    }
    if (!trusted || forwarding == Forwarding.NONE) {
      String host = host(wire);
      return host == null || SchemeOrigin.isClientAlone(wire)
          ? null
          : wire.getScheme() + "://" + host;
    }
    ForwardedOrigin origin = forwarded(wire);
    return origin == null ? null : origin.base();
  }

  /**
   * Whether the client called by https, as far as the settings let somebody say so; null where
   * nobody does, and the container's own word counts. A trusted proxy that forwards the scheme
   * illegibly has not said https.
   *
   * @param wire the container's own request
   * @param trusted whether its peer is a trusted proxy
   * @param proxied whether there are trusted proxies at all
   */
  @Nullable Boolean isHttps(HttpServletRequest wire, boolean trusted, boolean proxied) {
    if (base != null) {
      boolean said = base.regionMatches(true, 0, "https:", 0, 6) && (trusted || !proxied);
      return said ? Boolean.TRUE : null;
    }
    if (!trusted || forwarding == Forwarding.NONE) {
      return null;
    }
    if (forwarding == Forwarding.FORWARDED) {
      List<String> fields = ServletEvidence.values(wire.getHeaders(ForwardedOrigin.FORWARDED));
      Map<String, String> last = fields.isEmpty() ? Map.of() : ForwardedElements.last(fields);
      if (last != null && !last.containsKey("proto")) {
        return null;
      }
    } else if (ServletEvidence.values(wire.getHeaders(ForwardedOrigin.PROTO)).isEmpty()) {
      return null;
    }
    ForwardedOrigin origin = forwarded(wire);
    return origin != null && SchemeOrigin.isHttps(origin.scheme());
  }

  private @Nullable ForwardedOrigin forwarded(HttpServletRequest wire) {
    return forwarding == Forwarding.FORWARDED
        ? ForwardedOrigin.forwarded(wire, host(wire))
        : ForwardedOrigin.xForwarded(wire, host(wire));
  }

  private static String origin(String base) {
    int path = base.indexOf('/', base.indexOf("//") + 2);
    return path < 0 ? base : base.substring(0, path);
  }

  /** An origin-form (RFC 9112 section 3.2.1) without its query, or null when it is none. */
  private static @Nullable String originalPath(String target) {
    int query = target.indexOf('?');
    return target.startsWith("/") ? target.substring(0, query < 0 ? target.length() : query) : null;
  }

  /** What was asked for first: within a forward, the request's own path is another one. */
  private static String path(HttpServletRequest request, HttpServletRequest wire) {
    return request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String first
        ? first
        : wire.getRequestURI();
  }

  /** The one {@code Host} field, or what HTTP/2 has in its place. */
  private static @Nullable String host(HttpServletRequest wire) {
    List<String> hosts = ServletEvidence.values(wire.getHeaders("Host"));
    if (hosts.size() > 1) {
      return null;
    }
    if (!hosts.isEmpty()) {
      return hosts.get(0).trim();
    }
    String name = wire.getServerName();
    String bracketed = name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name;
    int port = wire.getServerPort();
    return port == (SchemeOrigin.isHttps(wire.getScheme()) ? 443 : 80)
        ? bracketed // a proxy may forward another scheme, and that one's own port then
        : bracketed + ':' + port;
  }
}
