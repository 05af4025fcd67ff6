package dev.holdfast.servlet.cookie;

import dev.holdfast.servlet.cookie.session.CookieFields;
import dev.holdfast.servlet.cookie.session.JettySessions;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.PushBuilder;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it: without cookies that are not the caller's, and without
 * companions. A session that it gets, or whose identifier changes, is bound at once, which is
 * before the response can be committed.
 */
final class BoundRequest extends HttpServletRequestWrapper {
  private static final String OF_ANOTHER =
      "another request has made a session of the identifier that this request's client sent";

  private final CookieCase known;
  private final HttpServletResponse plain;
  private final BoundResponse response;

  /**
   * Wraps a request.
   *
   * @param plain the response that the filter was called with
   * @param response the same, wrapped for the application
   */
  BoundRequest(
      HttpServletRequest request,
      CookieCase known,
      HttpServletResponse plain,
      BoundResponse response) {
    super(request);
    this.known = known;
    this.plain = plain;
    this.response = response;
  }

  /** Whether a dispatch kept the wrapper. */
  static boolean wraps(ServletRequest outermost, CookieCase known) {
    ServletRequest layer = outermost;
    while (layer instanceof ServletRequestWrapper wrapper) {
      if (wrapper instanceof BoundRequest bound && bound.known == known) {
        return true;
      }
      layer = wrapper.getRequest();
    }
    return false;
  }

  private CookieFields cookies() {
    return new CookieFields((HttpServletRequest) getRequest()); // a dispatch may change it
  }

  @Override
  public Cookie @Nullable [] getCookies() {
    return cookies().without(known.hidden());
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (!CookieFields.NAME.equalsIgnoreCase(name)) {
      return super.getHeader(name);
    }
    List<String> fields = cookies().fieldsWithout(known.hidden());
    return fields.isEmpty() ? null : fields.get(0);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return CookieFields.NAME.equalsIgnoreCase(name)
        ? Collections.enumeration(cookies().fieldsWithout(known.hidden()))
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    if (getHeader(CookieFields.NAME) != null) {
      return super.getHeaderNames();
    }
    List<String> names = Collections.list(super.getHeaderNames());
    names.removeIf(CookieFields.NAME::equalsIgnoreCase);
    return Collections.enumeration(names);
  }

  @Override
  public HttpSession getSession() {
    return Objects.requireNonNull(getSession(true));
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    if (!known.mayReuse()) {
      HttpSession session = super.getSession(create);
      return session == null ? null : bound(session);
    }
    ReentrantLock making = known.requested().making();
    making.lock();
    try {
      HttpSession there = super.getSession(false);
      if (there == null) {
        return create ? bound(made()) : null;
      }
      if (!known.requested().isUnproven(there.getId())) {
        return bound(there);
      }
      if (known.isEarly(there) && !isJetty()) {
        return bound(renamed(there));
      }
    } finally {
      making.unlock();
    }
    if (create) {
      throw new IllegalStateException(OF_ANOTHER);
    }
    return null;
  }

  /** A new session has no identifier that its client chose, or stole. */
  private HttpSession made() {
    if (known.requested().isUnproven() && isJetty() && !plain.isCommitted()) {
      if (!JettySessions.make(wire())) {
        throw new IllegalStateException("no session can be made for this request");
      }
      super.changeSessionId(); // which writes the cookie
    }
    return renamed(super.getSession(true));
  }

  /** Not in Jetty, where the sessions of other applications would get the new identifier too. */
  private HttpSession renamed(HttpSession made) {
    if (known.requested().isUnproven(made.getId()) && !isJetty()) {
      super.changeSessionId();
    }
    return made;
  }

  private boolean isJetty() {
    return JettySessions.has(wire());
  }

  private HttpServletRequest wire() {
    return WireRequest.httpBelow((HttpServletRequest) getRequest());
  }

  private HttpSession bound(HttpSession session) {
    known.issue(session, plain);
    return session;
  }

  /** Whatever the container is about to do, it does not do it to another request's session. */
  private void requireOwn() {
    if (known.mayReuse() && getSession(false) == null && super.getSession(false) != null) {
      throw new IllegalStateException(OF_ANOTHER);
    }
  }

  /** Whatever the container did to the session by itself. */
  private void bindCurrentSession() {
    HttpSession session = super.getSession(false);
    if (session != null) {
      bound(renamed(session));
    }
  }

  @Override
  public String changeSessionId() {
    requireOwn();
    String changed = super.changeSessionId();
    bindCurrentSession();
    return changed;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    requireOwn();
    super.login(username, password);
    bindCurrentSession();
  }

  @Override
  public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
    requireOwn();
    boolean authenticated = super.authenticate(answer);
    bindCurrentSession();
    return authenticated;
  }

  @Override
  public @Nullable String getRequestedSessionId() {
    return known.hidesSession() ? null : super.getRequestedSessionId();
  }

  @Override
  public boolean isRequestedSessionIdValid() {
    return !known.hidesSession() && super.isRequestedSessionIdValid();
  }

  @Override
  public boolean isRequestedSessionIdFromCookie() {
    return !known.hidesSession() && super.isRequestedSessionIdFromCookie();
  }

  @Override
  public boolean isRequestedSessionIdFromURL() {
    return !known.bindsSession() && super.isRequestedSessionIdFromURL();
  }

  /** A pushed request would be made up by the container, with cookies of its own choice. */
  @Override
  @SuppressWarnings({"deprecation", "removal"})
  public @Nullable PushBuilder newPushBuilder() {
    return null;
  }

  /** With this request and its response, so that cookies set later are bound too. */
  @Override
  public AsyncContext startAsync() {
    return super.startAsync(this, response);
  }
}
