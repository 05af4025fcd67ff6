package dev.holdfast.spring.sessions;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

/**
 * A request whose session takes no login from it once a token has come with it. Code of the
 * application's may hold on to it, and to its session, when the request has ended.
 */
final class TokenRequest extends HttpServletRequestWrapper {
  private final Predicate<String> keepsOut;
  private volatile @Nullable SessionLogins loginsBefore;
  private volatile @Nullable TokenSession last;

  /**
   * One over the container's request, or over that of another filter.
   *
   * @param keepsOut told of the attribute that a login was to be kept in; says what becomes of it
   */
  TokenRequest(HttpServletRequest request, Predicate<String> keepsOut) {
    super(request);
    this.keepsOut = keepsOut;
    this.loginsBefore = SessionLogins.noted(request);
  }

  /** The one that this thread serves; null where it serves none. */
  static @Nullable TokenRequest current() {
    RequestAttributes current = RequestContextHolder.getRequestAttributes();
    return current instanceof ServletRequestAttributes servlet
        ? WebUtils.getNativeRequest(servlet.getRequest(), TokenRequest.class)
        : null;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    super.setAttribute(name, value);
    if (SessionLogins.BEFORE.equals(name)) {
      loginsBefore = SessionLogins.noted(this);
    }
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

  @Override
  public AsyncContext startAsync() {
    return guarded(super.startAsync());
  }

  /** Null where there is none, as in {@code MockMvc}; a container throws. */
  @Override
  public @Nullable AsyncContext getAsyncContext() {
    @Nullable AsyncContext context = super.getAsyncContext();
    return context == null ? null : guarded(context);
  }

  private AsyncContext guarded(AsyncContext context) {
    return new TokenAsync(
        context, own -> WebUtils.getNativeRequest(own, TokenRequest.class) == null ? this : own);
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

  boolean takes(String name, @Nullable Object value) {
    SessionLogins before = loginsBefore;
    Authentication login = SessionLogins.login(value);
    return before == null || login == null || before.had(name, login) || !keepsOut.test(name);
  }
}
