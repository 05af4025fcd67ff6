package dev.holdfast.spring.sessions;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Stands before all other filters of an enforced chain. Where a token came with the request, the
 * session takes no login from it: no {@code SecurityContext} that a filter of the application's
 * made, and that Spring Security would then store. The cookie of that session would be a login
 * without the token's key, and also where the token was refused. Whatever came into the session all
 * the same, in an object that was there before, is taken out at the end.
 *
 * <p>What was in the session when the token came stays there. Another request in the same session
 * that signs somebody in meanwhile may lose that login, and gains none.
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
  public static void tokenCame(HttpServletRequest request, Map<String, Authentication> before) {
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
      Map<?, ?> before = SessionLogins.noted(http);
      if (before != null) {
        removeNew(before, http.getSession(false));
      }
    }
  }

  private void removeNew(Map<?, ?> before, @Nullable HttpSession session) {
    SessionLogins.of(session)
        .forEach(
            (name, login) -> {
              if (session != null && !login.equals(before.get(name))) {
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
