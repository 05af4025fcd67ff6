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

/**
 * Whom a session signs in.
 *
 * @param session its identifier; null where there is no session, or it has ended
 * @param byName by the names of its attributes
 */
public record SessionLogins(@Nullable String session, Map<String, Authentication> byName) {
  /** The request attribute with those of before. */
  static final String BEFORE = SessionLogins.class.getName() + ".BEFORE";

  private static final SessionLogins NONE = new SessionLogins(null, Map.of());

  /** Notes them once in a request, when a token comes with it. */
  static void note(HttpServletRequest request, SessionLogins before) {
    if (request.getAttribute(BEFORE) == null) {
      request.setAttribute(BEFORE, before);
    }
  }

  /** Those of this session. */
  public static SessionLogins of(@Nullable HttpSession session) {
    if (session == null) {
      return NONE;
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
      return NONE;
    }
    return new SessionLogins(session.getId(), logins);
  }

  /** What was noted when a token came; null where none has. */
  static @Nullable SessionLogins noted(HttpServletRequest request) {
    return request.getAttribute(BEFORE) instanceof SessionLogins before ? before : null;
  }

  /** The request itself has given its session another identifier. */
  static void renewed(HttpServletRequest request, String session) {
    SessionLogins before = noted(request);
    if (before != null) {
      request.setAttribute(BEFORE, new SessionLogins(session, before.byName));
    }
  }

  /** Whether it is the same session, and none that somebody has signed in to meanwhile. */
  boolean isOf(SessionLogins other) {
    return session == null || session.equals(other.session);
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
