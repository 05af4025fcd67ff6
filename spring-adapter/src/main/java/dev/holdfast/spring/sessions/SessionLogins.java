package dev.holdfast.spring.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/** Whom a session signs in, and whom it signed in before a token came. */
public final class SessionLogins {
  /** The request attribute with those of before. */
  static final String BEFORE = SessionLogins.class.getName() + ".BEFORE";

  private SessionLogins() {}

  /** Notes them once in a request. */
  static void note(HttpServletRequest request, Map<String, Authentication> before) {
    if (request.getAttribute(BEFORE) == null) {
      request.setAttribute(BEFORE, before);
    }
  }

  /** Whom a session holds as signed in, by the names of its attributes. */
  public static Map<String, Authentication> of(@Nullable HttpSession session) {
    if (session == null) {
      return Map.of();
    }
    Map<String, Authentication> logins = new HashMap<>();
    try {
      for (String name : names(session)) {
        Authentication login = login(session.getAttribute(name));
        if (login != null) {
          logins.put(name, login);
        }
      }
    } catch (IllegalStateException invalidated) { // it signs nobody in
      return Map.of();
    }
    return logins;
  }

  /** What was noted when a token came; null where none has. */
  static @Nullable Map<?, ?> noted(HttpServletRequest request) {
    return request.getAttribute(BEFORE) instanceof Map<?, ?> before ? before : null;
  }

  /** Whom a session's attribute would sign in; null for nobody. */
  static @Nullable Authentication login(@Nullable Object value) {
    Object login = value instanceof SecurityContext held ? held.getAuthentication() : value;
    return login instanceof Authentication authentication ? authentication : null;
  }

  private static List<String> names(HttpSession session) {
    return Collections.list(session.getAttributeNames());
  }
}
