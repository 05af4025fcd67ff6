package dev.holdfast.spring.scope;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Stands before all other filters of an enforced chain. Where a token came with the request, it
 * takes out of the session whatever login the chain has put there: a {@code SecurityContext} that a
 * filter of the application's made, and that Spring Security then stored. The cookie of that
 * session would be a login without the token's key, and also where the token was refused.
 *
 * <p>What was in the session when the token came stays there. Another request in the same session
 * that signs somebody in meanwhile may lose that login, and gains none.
 */
public final class TokenSessionFilter implements Filter {
  private static final String BEFORE = TokenSessionFilter.class.getName() + ".BEFORE";

  private final Advice advice = new Advice();

  /** To be called when a token has come with this request, and before anyone is asked about it. */
  public static void tokenCame(HttpServletRequest request) {
    tokenCame(request, loginsBefore(request));
  }

  /**
   * The same afterwards.
   *
   * @param before what {@link #loginsBefore} said then
   */
  public static void tokenCame(HttpServletRequest request, Map<String, Authentication> before) {
    if (request.getAttribute(BEFORE) == null) {
      request.setAttribute(BEFORE, before);
    }
  }

  /** Whom the caller's session holds as signed in, by the names of its attributes. */
  static Map<String, Authentication> loginsBefore(HttpServletRequest request) {
    return logins(request.getSession(false));
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (request instanceof HttpServletRequest http
          && http.getAttribute(BEFORE) instanceof Map<?, ?> before) {
        removeNew(before, http.getSession(false));
      }
    }
  }

  private void removeNew(Map<?, ?> before, @Nullable HttpSession session) {
    logins(session)
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
    advice.give(
        "A session was to keep what an access token authenticated, in its attribute "
            + name
            + ". Holdfast has removed it: the cookie would be a login without the token's key."
            + " Either your code stores it there itself, or your code makes a new SecurityContext"
            + " on a chain that writes sessions");
  }

  private static Map<String, Authentication> logins(@Nullable HttpSession session) {
    if (session == null) {
      return Map.of();
    }
    Map<String, Authentication> logins = new HashMap<>();
    try {
      for (String name : names(session)) {
        Object value = session.getAttribute(name);
        Object login = value instanceof SecurityContext held ? held.getAuthentication() : value;
        if (login instanceof Authentication authentication) {
          logins.put(name, authentication);
        }
      }
    } catch (IllegalStateException invalidated) { // it signs nobody in
      return Map.of();
    }
    return logins;
  }

  private static List<String> names(HttpSession session) {
    return Collections.list(session.getAttributeNames());
  }
}
