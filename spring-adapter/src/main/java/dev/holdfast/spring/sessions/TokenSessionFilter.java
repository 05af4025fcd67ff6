package dev.holdfast.spring.sessions;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * Stands before all other filters of an enforced chain. Where a token came with the request, the
 * session takes no login from it: no {@code SecurityContext} that a filter of the application's
 * made, and that Spring Security would then store. The cookie of that session would be a login
 * without the token's key, and also where the token was refused. Whatever came into the session all
 * the same, in an object that was there before, is taken out at the end.
 *
 * <p>What was in the session when the token came stays there, and so does what another request of
 * the same session puts into it meanwhile.
 */
public final class TokenSessionFilter implements Filter {
  private final Advice advice = new Advice();
  private final SessionGuard guard;

  /**
   * One of a chain.
   *
   * @param guard whether logins are kept out, or only reported
   */
  public TokenSessionFilter(SessionGuard guard) {
    this.guard = guard;
  }

  /** To be called when a token has come with this request, and before anyone is asked about it. */
  public static void tokenCame(HttpServletRequest request) {
    tokenCame(request, loginsNow(request));
  }

  /**
   * The same afterwards.
   *
   * @param before what {@link #loginsNow} said then
   */
  public static void tokenCame(HttpServletRequest request, SessionLogins before) {
    if (standsBefore(request)) {
      SessionLogins.note(request, before);
    }
  }

  /** Whom the session signs in. Where this filter does not stand, nobody looks into it. */
  public static SessionLogins loginsNow(HttpServletRequest request) {
    return SessionLogins.of(standsBefore(request) ? request.getSession(false) : null);
  }

  private static boolean standsBefore(HttpServletRequest request) {
    return WebUtils.getNativeRequest(request, TokenRequest.class) != null;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)) {
      chain.doFilter(request, response);
      return;
    }
    TokenRequest guarded = new TokenRequest(http, this::keepsOut);
    HttpServletResponse answer = response instanceof HttpServletResponse known ? known : null;
    Runnable putBack = WrappedAttributes.put(guarded, answer);
    try {
      chain.doFilter(guarded, response);
    } finally {
      if (putBack != null) {
        putBack.run();
      }
      SessionLogins logins = SessionLogins.noted(http);
      if (logins != null) {
        removeChanged(logins, http.getSession(false));
      }
    }
  }

  private void removeChanged(SessionLogins before, @Nullable HttpSession session) {
    if (session == null || before.byName().isEmpty()) {
      return;
    }
    SessionLogins.of(session)
        .byName()
        .forEach(
            (name, now) -> {
              if (before.isChangedInPlace(name, now) && keepsOut(name)) {
                remove(name, session);
              }
            });
  }

  private void remove(String name, HttpSession session) {
    try {
      session.removeAttribute(name);
    } catch (IllegalStateException invalidated) { // nor does it sign anybody in
      return;
    }
  }

  /** Tells the operator of it, and says whether it is kept out. */
  private boolean keepsOut(String name) {
    boolean keepsOut = guard == SessionGuard.KEEPING_OUT;
    advice.give(
        "A session was to keep what an access token authenticated, in its attribute "
            + name
            + (keepsOut
                ? ". Holdfast has kept it out: the cookie would be a login without the token's key."
                : ". Holdfast only reports, and would keep it out: the cookie is a login without"
                    + " the token's key.")
            + " Either your code stores it there itself, or your code makes a new SecurityContext"
            + " on a chain that writes sessions, as requireExplicitSave(false) and"
            + " maximumSessions(...) make it do");
    return keepsOut;
  }
}
