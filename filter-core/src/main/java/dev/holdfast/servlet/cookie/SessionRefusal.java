package dev.holdfast.servlet.cookie;

import dev.holdfast.servlet.cookie.session.CookieFields;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.JettySessions;
import dev.holdfast.servlet.cookie.session.SetCookie;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/**
 * The answer to a request with a live session that is not its caller's: both cookies are cleared. A
 * browser that reads a page is sent to the same page again, where it arrives without them; a mark
 * in the companion's place keeps one that does not let go of its cookie from coming back for ever.
 * Every other request gets 403 without a body.
 */
final class SessionRefusal {
  private static final String SENT_BACK = "0";
  private static final int MARK_SECONDS = 10;

  private SessionRefusal() {}

  static void write(CookieCase refused, HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return;
    }
    String companion = CookieRules.companionOf(refused.session().name());
    SetCookie cookie = refused.session().withValue("");
    boolean again = mayComeBack(refused, request, companion);
    response.resetBuffer();
    clearElsewhere(cookie, request, response);
    response.addCookie(cookie.cleared());
    response.addHeader(
        SetCookie.FIELD,
        again
            ? companion + '=' + SENT_BACK + "; Max-Age=" + MARK_SECONDS + attributes(cookie)
            : CookieCase.endOfCompanion(cookie));
    response.setHeader("Cache-Control", "no-store");
    if (again) {
      response.setHeader("Location", samePage(request));
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
    } else {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    }
    response.setContentLength(0);
  }

  /**
   * Of a WebSocket's handshake with a cookie that is not its caller's, in Jetty: its own objects
   * show an endpoint the cookies as they came, whatever a filter hides; and no page is lost by it.
   * Elsewhere an endpoint sees what the filter shows.
   *
   * @return whether the request was refused
   */
  static boolean ofHandshake(
      CookieCase known, HttpServletRequest request, HttpServletResponse response) {
    if (!known.hidesAny()
        || !isHandshake(request)
        || !JettySessions.has(WireRequest.httpBelow(request))) {
      return false;
    }
    if (!response.isCommitted()) {
      response.setHeader("Cache-Control", "no-store");
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setContentLength(0);
    }
    return true;
  }

  /** By RFC 6455 section 4.1, or over HTTP/2 by RFC 8441 section 4. */
  private static boolean isHandshake(HttpServletRequest request) {
    return request.getMethod().equals("CONNECT")
        || WireRequest.values(request.getHeaders("Upgrade")).stream()
            .anyMatch(field -> field.toLowerCase(Locale.ROOT).contains("websocket"));
  }

  /**
   * Tomcat's context may have a path of its own for the cookie. A browser that sent one cookie has
   * none of that name at the other paths, so that nothing else is cleared.
   */
  private static void clearElsewhere(
      SetCookie cookie, HttpServletRequest request, HttpServletResponse response) {
    if (new CookieFields(request).received(cookie.name()).value() == null) {
      return;
    }
    for (String path : SetCookie.usualPaths(cookie.name(), request.getContextPath())) {
      if (!path.equals(cookie.attributes().get("Path"))) {
        String where = "Path=" + path;
        response.addHeader(SetCookie.KEPT_FIELD, CookieCase.ended(cookie.name(), where));
        response.addHeader(
            SetCookie.KEPT_FIELD, CookieCase.ended(CookieRules.companionOf(cookie.name()), where));
      }
    }
  }

  /**
   * Over plain HTTP a browser neither forgets a secure cookie nor takes the mark. An error page
   * that the container chose before all filters is not the page that was asked for.
   */
  private static boolean mayComeBack(
      CookieCase refused, HttpServletRequest request, String companion) {
    boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    return reads
        && request.getDispatcherType() == DispatcherType.REQUEST
        && refused.secure()
        && !new CookieFields(request).carries(companion, SENT_BACK);
  }

  private static String attributes(SetCookie cookie) {
    String where = cookie.where();
    return (where.isEmpty() ? "" : "; " + where) + "; Secure; HttpOnly";
  }

  /** Relative, so that it is right behind a proxy that changes host or path; without parameters. */
  private static String samePage(HttpServletRequest request) {
    String path = request.getRequestURI();
    String last = path.substring(path.lastIndexOf('/') + 1);
    int parameters = last.indexOf(';');
    String query = request.getQueryString();
    return "./"
        + (parameters < 0 ? last : last.substring(0, parameters))
        + (query == null ? "" : '?' + query);
  }
}
