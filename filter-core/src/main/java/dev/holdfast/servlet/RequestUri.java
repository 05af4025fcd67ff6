package dev.holdfast.servlet;

import dev.holdfast.configuration.ProxySettings;
import dev.holdfast.configuration.ProxySettings.Forwarding;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The URI that the client asked for, put together from what is believed: the configured base, or
 * what a trusted proxy forwards, or the request's own {@code Host} (RFC 9110 section 7.1). A
 * trusted proxy that forwards twofold or nothing legible leaves it unknown.
 *
 * <p>It is what the client wrote, so it is neither decoded nor normalised, and without a query.
 */
final class RequestUri {
  private static final RequestUri DIRECT = new RequestUri(Forwarding.NONE, null);

  private final Forwarding forwarding;
  private final @Nullable String base;

  private RequestUri(Forwarding forwarding, @Nullable String base) {
    this.forwarding = forwarding;
    this.base = base;
  }

  /** As these settings say. */
  static RequestUri of(ProxySettings settings) {
    String uri = settings.externalUri();
    String base = uri != null && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    return base == null && settings.forwarding() == Forwarding.NONE
        ? DIRECT
        : new RequestUri(settings.forwarding(), base);
  }

  /** Nobody is believed but the request itself. */
  static RequestUri direct() {
    return DIRECT;
  }

  /** The headers in which a trusted proxy is believed. */
  List<String> headerNames() {
    return switch (forwarding) {
      case NONE -> List.of();
      case FORWARDED -> List.of(ForwardedOrigin.FORWARDED);
      case X_FORWARDED -> ForwardedOrigin.X_FORWARDED;
    };
  }

  /**
   * The URI, or null when it is not known.
   *
   * @param request the request, whatever wraps it
   * @param wire the container's own, below what filters wrapped around it
   * @param trusted whether its peer is a trusted proxy
   */
  @Nullable String of(HttpServletRequest request, HttpServletRequest wire, boolean trusted) {
    String path = path(request, wire);
    if (base != null) {
      return base + path;
    }
    if (!trusted || forwarding == Forwarding.NONE) {
      String host = host(wire);
      return host == null ? null : wire.getScheme() + "://" + host + path;
    }
    ForwardedOrigin origin =
        forwarding == Forwarding.FORWARDED
            ? ForwardedOrigin.forwarded(wire, host(wire))
            : ForwardedOrigin.xForwarded(wire, host(wire));
    return origin == null ? null : origin.base() + path;
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
    return (name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name)
        + ':'
        + wire.getServerPort();
  }
}
