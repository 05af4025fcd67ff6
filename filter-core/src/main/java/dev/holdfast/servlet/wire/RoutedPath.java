package dev.holdfast.servlet.wire;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path by which the container chose a servlet. Tomcat and Jetty resolve dot segments before
 * they choose; Undertow chooses by the path as it was sent, so that {@code /pub/../api/x} leads to
 * the servlet of {@code /pub/*}, although a normalised URI (RFC 3986 section 6.2.2.3) says {@code
 * /api/x}.
 */
final class RoutedPath {
  private RoutedPath() {}

  /**
   * Whether the container chose by a path with a {@code .} or {@code ..} segment, percent-encoded
   * or with a path parameter perhaps: its normalised URI then names another resource.
   *
   * @param request the request, whatever wraps it
   * @param wire the container's own, below what filters wrapped around it
   */
  static boolean hasDotSegment(HttpServletRequest request, HttpServletRequest wire) {
    return hasDotSegment(AskedFirst.servletPath(request, wire))
        || hasDotSegment(AskedFirst.pathInfo(request, wire));
  }

  static boolean hasDotSegment(@Nullable String path) {
    if (path == null) {
      return false;
    }
    int start = 0;
    while (start < path.length()) {
      if (path.charAt(start) == '/') {
        start++;
      }
      int dots = 0;
      int at = start;
      for (int length = dotAt(path, at); length > 0; length = dotAt(path, at)) {
        dots++;
        at += length;
      }
      if (dots > 0 && dots < 3 && endsSegment(path, at)) {
        return true;
      }
      int slash = path.indexOf('/', at);
      start = slash < 0 ? path.length() : slash;
    }
    return false;
  }

  /** How long the dot is that stands here, {@code %2e} being one too; 0 when there is none. */
  private static int dotAt(String path, int at) {
    if (at >= path.length()) {
      return 0;
    }
    if (path.charAt(at) == '.') {
      return 1;
    }
    return path.regionMatches(true, at, "%2e", 0, 3) ? 3 : 0;
  }

  private static boolean endsSegment(String path, int at) {
    return at == path.length() || path.charAt(at) == '/' || path.charAt(at) == ';';
  }
}
