package dev.holdfast.spring.sessions;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Enumeration;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The caller's session, which takes whatever the request may put into it, as far as every Servlet
 * version has it.
 */
class SessionView implements HttpSession {
  final HttpSession session;
  private final BiPredicate<String, @Nullable Object> takes;

  /**
   * One over the session itself.
   *
   * @param takes whether an attribute may be set, by its name and value
   */
  SessionView(HttpSession session, BiPredicate<String, @Nullable Object> takes) {
    this.session = session;
    this.takes = takes;
  }

  @SuppressWarnings("ReferenceEquality") // a session has no equality of its own
  boolean isOf(HttpSession other) {
    return session == other;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (takes.test(name, value)) {
      session.setAttribute(name, value);
    }
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return session.getAttribute(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return session.getAttributeNames();
  }

  @Override
  public void removeAttribute(String name) {
    session.removeAttribute(name);
  }

  @Override
  public long getCreationTime() {
    return session.getCreationTime();
  }

  @Override
  public String getId() {
    return session.getId();
  }

  @Override
  public long getLastAccessedTime() {
    return session.getLastAccessedTime();
  }

  @Override
  public ServletContext getServletContext() {
    return session.getServletContext();
  }

  @Override
  public void setMaxInactiveInterval(int seconds) {
    session.setMaxInactiveInterval(seconds);
  }

  @Override
  public int getMaxInactiveInterval() {
    return session.getMaxInactiveInterval();
  }

  @Override
  public void invalidate() {
    session.invalidate();
  }

  @Override
  public boolean isNew() {
    return session.isNew();
  }
}
