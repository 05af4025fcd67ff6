package dev.holdfast.spring.sessions;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all other filters of an enforced chain. Where a token came with the request, the
 * session takes no login from it: no {@code SecurityContext} that a filter of the application's
 * made, and that Spring Security would then store. The cookie of that session would be a login
 * without the token's key, and also where the token was refused. Whatever came into the session all
 * the same, in an object that was there before, is taken out at the end.
 *
 * <p>What was in the session when the token came stays there. If another request of the same
 * session signs somebody in meanwhile, Spring Security gives the session another identifier, and
 * the login stays. Without that ({@code sessionFixation().none()}) it is lost.
 */
public final class TokenSessionFilter implements Filter {
  private final Advice advice = new Advice();

  /** To be called when a token has come with this request, and before anyone is asked about it. */
  public static void tokenCame(HttpServletRequest request) {
    SessionLogins.note(request, SessionLogins.of(request.getSession(false)));
  }

  /**
   * The same afterwards.
   *
   * @param before what {@link SessionLogins#of} said then
   */
  public static void tokenCame(HttpServletRequest request, SessionLogins before) {
    SessionLogins.note(request, before);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      chain.doFilter(new TokenRequest(http, this::advise), response);
    } finally {
      SessionLogins before = SessionLogins.noted(http);
      if (before != null) {
        removeNew(before, http.getSession(false));
      }
    }
  }

  /** Where another request has signed somebody in, the session has another identifier. */
  private void removeNew(SessionLogins before, @Nullable HttpSession session) {
    SessionLogins now = SessionLogins.of(session);
    if (session == null || !before.isOf(now)) {
      return;
    }
    now.byName()
        .forEach(
            (name, login) -> {
              if (!login.equals(before.byName().get(name))) {
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
    advise(name);
  }

  private void advise(String name) {
    advice.give(
        "A session was to keep what an access token authenticated, in its attribute "
            + name
            + ". Holdfast has kept it out: the cookie would be a login without the token's key."
            + " Either your code stores it there itself, or your code makes a new SecurityContext"
            + " on a chain that writes sessions, as requireExplicitSave(false) and"
            + " maximumSessions(...) make it do");
  }
}
