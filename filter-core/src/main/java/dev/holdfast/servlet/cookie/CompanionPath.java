package dev.holdfast.servlet.cookie;

import dev.holdfast.cookie.CookieScope;
import dev.holdfast.servlet.cookie.session.SetCookie;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.wire.AskedFirst;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether a companion's own {@code Path} covers a request: a companion that another application of
 * the same server made for its own paths is none here. A browser would not have sent it either (RFC
 * 6265 section 5.1.4).
 *
 * <p>The path counts as it was received and as the container resolved it: {@code /help/../shop}
 * begins with {@code /help} and leads elsewhere.
 */
final class CompanionPath {
  private CompanionPath() {}

  /**
   * Whether the companion counts here.
   *
   * @param own the {@code Path} that this application's own cookie is configured with, or null
   */
  static boolean covers(
      CookieScope scope,
      HttpServletRequest request,
      EvidenceSource evidence,
      @Nullable String own) {
    String path = SetCookie.parse("=;" + scope.attributes()).attributes().get("Path");
    if (path == null || !path.startsWith("/") || path.equals(own)) {
      return true; // a path that does not begin so is none (RFC 6265 section 5.2.4)
    }
    String received = received(request);
    if (matches(path, received)) {
      String decoded = decoded(path);
      return decoded != null && matches(decoded, routed(request));
    }
    String shown = request.getRequestURI();
    if (!shown.equals(WireRequest.httpBelow(request).getRequestURI()) && matches(path, shown)) {
      return true; // the application has a filter that reads a proxy's prefix, and cookies have it
    }
    String asked = path(evidence.evidence(request).targetUri());
    return asked != null && !asked.equals(received) && matches(path, asked);
  }

  /** RFC 6265 section 5.1.4. */
  static boolean matches(String cookiePath, String requestPath) {
    return requestPath.equals(cookiePath)
        || (requestPath.startsWith(cookiePath)
            && (cookiePath.endsWith("/") || requestPath.charAt(cookiePath.length()) == '/'));
  }

  /** What the client asked for: a dispatch may have changed the container's own request. */
  private static String received(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.ERROR
        && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String first) {
      return first;
    }
    return AskedFirst.uri(request, WireRequest.httpBelow(request));
  }

  /** The path by which the container chose, decoded and without dot segments. */
  private static String routed(HttpServletRequest request) {
    String context = request.getServletContext().getContextPath();
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      return context + '/'; // it is not where the client's request led
    }
    HttpServletRequest wire = WireRequest.httpBelow(request);
    String info = wire.getPathInfo();
    return context + wire.getServletPath() + (info == null ? "" : info);
  }

  private static @Nullable String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Where a trusted proxy removed a prefix or replaced the path, cookies have the client's. */
  private static @Nullable String path(@Nullable String uri) {
    int path = uri == null ? -1 : uri.indexOf('/', uri.indexOf("//") + 2);
    return uri == null || path < 0 ? null : uri.substring(path);
  }
}
