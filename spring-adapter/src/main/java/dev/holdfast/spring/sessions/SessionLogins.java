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
 * @param byName by the names of its attributes
 */
public record SessionLogins(Map<String, Kept> byName) {
  /** The request attribute with those of before. */
  static final String BEFORE = SessionLogins.class.getName() + ".BEFORE";

  private static final SessionLogins NONE = new SessionLogins(Map.of());

  /**
   * One login.
   *
   * @param holder the attribute's value, which may get another login without being replaced
   * @param login who is signed in
   */
  record Kept(Object holder, Authentication login) {}

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
    Map<String, Kept> logins = new HashMap<>();
    try {
      for (String name : names(session)) {
        Object holder = session.getAttribute(name);
        Authentication login = login(holder);
        if (holder != null && login != null) {
          logins.put(name, new Kept(holder, login));
        }
      }
    } catch (IllegalStateException invalidated) { // it signs nobody in
      return NONE;
    }
    return new SessionLogins(logins);
  }

  /** What was noted when a token came; null where none has. */
  static @Nullable SessionLogins noted(HttpServletRequest request) {
    return request.getAttribute(BEFORE) instanceof SessionLogins before ? before : null;
  }

  /** Whether that attribute had this login. */
  boolean had(String name, Authentication login) {
    Kept kept = byName.get(name);
    return kept != null && kept.login().equals(login);
  }

  /**
   * Whether another login is in the object that the attribute had before. Who signs in by another
   * request of the session, without a token, puts another object there.
   */
  boolean isChangedInPlace(String name, Kept now) {
    Kept kept = byName.get(name);
    return kept != null && kept.holder() == now.holder() && !kept.login().equals(now.login());
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
