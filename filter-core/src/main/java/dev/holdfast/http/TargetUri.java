package dev.holdfast.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The URI that the client asked for, put together from what is believed: the configured base, or
 * what a trusted proxy forwards, or the request's own {@code Host} (RFC 9110 section 7.1). A
 * trusted proxy whose header stands twice or cannot be read leaves it unknown. So does a scheme
 * that nobody but the client says, and a path whose dot segments the server did not resolve.
 *
 * <p>It is what the client wrote, so it is neither decoded nor normalised, and without a query.
 * Where the proxy hands on another target than it was asked for, a field of its own may have the
 * one that the client wrote: that is the whole path then, and no prefix is put before it.
 */
public final class TargetUri {
  private static final TargetUri DIRECT = new TargetUri(Forwarding.NONE, null, null);

  private final Forwarding forwarding;
  private final @Nullable String base;
  private final @Nullable String originalHeader;

  private TargetUri(Forwarding forwarding, @Nullable String base, @Nullable String originalHeader) {
    this.forwarding = forwarding;
    this.base = base;
    this.originalHeader = originalHeader;
  }

  /**
   * As these say.
   *
   * @param forwarding where a trusted proxy says what its client asked for
   * @param externalUri the base of every target URI, as clients write it; null: it is taken from
   *     the request
   * @param originalUriHeader the field in which a trusted proxy forwards the target as its client
   *     wrote it; null: there is none
   */
  public static TargetUri of(
      Forwarding forwarding, @Nullable String externalUri, @Nullable String originalUriHeader) {
    String base =
        externalUri != null && externalUri.endsWith("/")
            ? externalUri.substring(0, externalUri.length() - 1)
            : externalUri;
    return base == null && originalUriHeader == null && forwarding == Forwarding.NONE
        ? DIRECT
        : new TargetUri(forwarding, base, originalUriHeader);
  }

  /** Nobody is believed but the request itself. */
  public static TargetUri direct() {
    return DIRECT;
  }

  /** The headers in which a trusted proxy is believed. */
  public List<String> headerNames() {
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
   * @param trusted whether its peer is a trusted proxy
   */
  public @Nullable String of(ReceivedRequest request, boolean trusted) {
    String path = request.path();
    String before = path == null ? null : base(request, trusted);
    List<String> originals =
        trusted && originalHeader != null ? request.headers(originalHeader) : List.of();
    if (originals.isEmpty()) {
      return before == null ? null : before + path;
    }
    String original = originals.size() == 1 ? originalPath(originals.get(0)) : null;
    return before == null || original == null ? null : origin(before) + original;
  }

  /** What stands before the path: the origin, and a prefix that the proxy has removed. */
  private @Nullable String base(ReceivedRequest request, boolean trusted) {
    if (base != null) {
      return base;
    }
    if (!trusted || forwarding == Forwarding.NONE) {
      String host = host(request);
      String scheme = host == null ? null : request.scheme();
      return scheme == null ? null : scheme + "://" + host;
    }
    ForwardedOrigin origin = forwarded(request, host(request));
    return origin == null ? null : origin.base();
  }

  /**
   * What every URI of this service begins with, as a trusted proxy says: scheme, host, port and a
   * path that it has removed. Null where none says so; a {@code Host} that the proxy has only kept
   * is the client's word.
   *
   * @param trusted whether its peer is a trusted proxy
   */
  public @Nullable String vouchedFor(ReceivedRequest request, boolean trusted) {
    ForwardedOrigin origin =
        trusted && forwarding != Forwarding.NONE ? forwarded(request, null) : null;
    return origin == null ? null : origin.base();
  }

  /**
   * Whether the client called by https, as far as the settings let somebody say so; null where
   * nobody does, and the container's own word counts. A trusted proxy that forwards the scheme
   * illegibly has not said https.
   *
   * @param trusted whether its peer is a trusted proxy
   * @param proxied whether there are trusted proxies at all
   */
  public @Nullable Boolean isHttps(ReceivedRequest request, boolean trusted, boolean proxied) {
    if (base != null) {
      boolean said = base.regionMatches(true, 0, "https:", 0, 6) && (trusted || !proxied);
      return said ? Boolean.TRUE : null;
    }
    if (!trusted || forwarding == Forwarding.NONE) {
      return null;
    }
    if (forwarding == Forwarding.FORWARDED) {
      List<String> fields = request.headers(ForwardedOrigin.FORWARDED);
      Map<String, String> last = fields.isEmpty() ? Map.of() : ForwardedElements.last(fields);
      if (last != null && !last.containsKey("proto")) {
        return null;
      }
    } else if (request.headers(ForwardedOrigin.PROTO).isEmpty()) {
      return null;
    }
    ForwardedOrigin origin = forwarded(request, host(request));
    return origin != null && origin.scheme().equals("https");
  }

  /** With this in place of a host that is not said. */
  private @Nullable ForwardedOrigin forwarded(ReceivedRequest request, @Nullable String ownHost) {
    return forwarding == Forwarding.FORWARDED
        ? ForwardedOrigin.forwarded(request, ownHost)
        : ForwardedOrigin.xForwarded(request, ownHost);
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

  /** The one {@code Host} field, or what stands in its place. */
  private static @Nullable String host(ReceivedRequest request) {
    List<String> hosts = request.headers("Host");
    if (hosts.size() > 1) {
      return null;
    }
    return hosts.isEmpty() ? request.authority() : hosts.get(0).trim();
  }
}
