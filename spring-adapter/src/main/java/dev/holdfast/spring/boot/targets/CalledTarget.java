package dev.holdfast.spring.boot.targets;

import dev.holdfast.http.ForwardedAuthority;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the client called, as everybody sees it who comes before the chains. */
final class CalledTarget {
  private static final String PATH = CalledTarget.class.getName() + ".path";

  private CalledTarget() {}

  /** Whether scheme, host and path end where a URL's do (RFC 3986 section 3). */
  static boolean isOne(HttpServletRequest request) {
    String host = request.getServerName();
    String path = request.getRequestURI();
    return ForwardedAuthority.isScheme(request.getScheme())
        && (host == null || ForwardedAuthority.isHost(host))
        && path.indexOf('?') < 0
        && path.indexOf('#') < 0;
  }

  /** For {@link #isUnchanged}. */
  static void remember(HttpServletRequest request) {
    if (!request.getRequestURI().equals(received(request).getRequestURI())) {
      request.setAttribute(PATH, request.getRequestURI());
    }
  }

  /** Whether its path is the one that was there before the chains. */
  static boolean isUnchanged(HttpServletRequest request) {
    Object before = request.getAttribute(PATH);
    return request
        .getRequestURI()
        .equals(before == null ? received(request).getRequestURI() : before);
  }

  /** Whether the URL as a whole, which a gateway calls, has that path (RFC 3986 section 3). */
  static boolean isWholeUrl(HttpServletRequest request) {
    String url = request.getRequestURL().toString();
    int authority = url.indexOf("://");
    int path = authority < 0 ? -1 : url.indexOf('/', authority + 3);
    return path >= 0 && url.substring(path).equals(request.getRequestURI());
  }

  /** Whether a filter has made a proxy's header a context path: the container's is another. */
  static boolean hasForwardedPrefix(HttpServletRequest request) {
    return !request.getContextPath().equals(received(request).getContextPath());
  }

  /** The container's own. */
  private static HttpServletRequest received(HttpServletRequest request) {
    HttpServletRequest innermost = request;
    @Nullable ServletRequest next = request;
    while (next instanceof ServletRequestWrapper wrapper) {
      next = wrapper.getRequest();
      if (next instanceof HttpServletRequest http) {
        innermost = http;
      }
    }
    return innermost;
  }

  static void refuse(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("text/plain;charset=US-ASCII");
    response.getWriter().write(ForwardedAuthority.REFUSAL);
  }
}
