package dev.holdfast.spring.sessions;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Hears of what is put into a session of the container's, by whomever it is. What a thread puts
 * there while it serves a request with a token, and by the container's own session, which knows no
 * token, is taken out at once. Other threads, and sessions that the container does not keep, are
 * not heard of.
 */
public final class SessionWrites implements HttpSessionAttributeListener {
  @Override
  public void attributeAdded(HttpSessionBindingEvent added) {
    takeOut(added.getSession(), added.getName(), null);
  }

  /** The event has the value of before. */
  @Override
  public void attributeReplaced(HttpSessionBindingEvent replaced) {
    takeOut(replaced.getSession(), replaced.getName(), replaced.getValue());
  }

  private static void takeOut(HttpSession session, String name, @Nullable Object before) {
    TokenRequest request = TokenRequest.current();
    if (request == null) {
      return;
    }
    try {
      if (request.takes(name, session.getAttribute(name))) {
        return;
      }
      if (before != null && request.takes(name, before)) {
        session.setAttribute(name, before);
      } else {
        session.removeAttribute(name);
      }
    } catch (IllegalStateException invalidated) { // nor does it sign anybody in
      return;
    }
  }
}
