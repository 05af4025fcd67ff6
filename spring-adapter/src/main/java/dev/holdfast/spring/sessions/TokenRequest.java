package dev.holdfast.spring.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * A request whose session takes no login from it once a token has come with it. Code of the
 * application's may hold on to it, and to its session, when the request has ended.
 */
final class TokenRequest extends HttpServletRequestWrapper {
  private final Consumer<String> advice;
  private volatile @Nullable SessionLogins loginsBefore;
  private volatile @Nullable TokenSession last;

  /**
   * One over the container's request, or over that of another filter.
   *
   * @param advice told of the attribute that a login was to be kept in
   */
  TokenRequest(HttpServletRequest request, Consumer<String> advice) {
    super(request);
    this.advice = advice;
    this.loginsBefore = SessionLogins.noted(request);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    super.setAttribute(name, value);
    if (SessionLogins.BEFORE.equals(name)) {
      loginsBefore = SessionLogins.noted(this);
    }
  }

  @Override
  public String changeSessionId() {
    String session = super.changeSessionId();
    SessionLogins.renewed(this, session);
    return session;
  }

  @Override
  public HttpSession getSession() {
    return guarded(super.getSession());
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(create);
    return session == null ? null : guarded(session);
  }

  private HttpSession guarded(HttpSession session) {
    TokenSession known = last;
    if (known != null && known.isOf(session)) {
      return known;
    }
    TokenSession guarded = new TokenSession(session, this::takes);
    last = guarded;
    return guarded;
  }

  private boolean takes(String name, @Nullable Object value) {
    SessionLogins before = loginsBefore;
    Authentication login = SessionLogins.login(value);
    if (before == null || login == null || login.equals(before.byName().get(name))) {
      return true;
    }
    advice.accept(name);
    return false;
  }
}
