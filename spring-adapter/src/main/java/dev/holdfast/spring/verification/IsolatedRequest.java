package dev.holdfast.spring.verification;

import dev.holdfast.PresentedToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request as a verification sees it: everything can be read, nothing can be left behind.
 * Attributes are written to an overlay, a session cannot be changed, and the {@code Authorization}
 * field has the one presented token under {@code Bearer}, in the spelling that Spring's own
 * resolver takes.
 */
final class IsolatedRequest extends HttpServletRequestWrapper {
  private static final String AUTHORIZATION = "Authorization";

  private final Map<String, @Nullable Object> overlay = new HashMap<>();
  private final PresentedToken token;

  IsolatedRequest(HttpServletRequest request, PresentedToken token) {
    super(request);
    this.token = token;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return AUTHORIZATION.equalsIgnoreCase(name) ? "Bearer " + token.value() : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return AUTHORIZATION.equalsIgnoreCase(name)
        ? Collections.enumeration(List.of("Bearer " + token.value()))
        : super.getHeaders(name);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return overlay.containsKey(name) ? overlay.get(name) : super.getAttribute(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    Set<String> names = new LinkedHashSet<>(Collections.list(super.getAttributeNames()));
    overlay.forEach(
        (name, value) -> {
          if (value == null) {
            names.remove(name);
          } else {
            names.add(name);
          }
        });
    return Collections.enumeration(names);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    overlay.put(name, value);
  }

  @Override
  public void removeAttribute(String name) {
    overlay.put(name, null);
  }

  @Override
  public HttpSession getSession() {
    HttpSession session = getSession(false);
    if (session == null) {
      throw new IllegalStateException("no session is made while a token is verified");
    }
    return session;
  }

  @Override
  public @Nullable HttpSession getSession(boolean create) {
    HttpSession session = super.getSession(false);
    return session == null ? null : UnchangedSession.of(session);
  }

  @Override
  public String changeSessionId() {
    throw new IllegalStateException("no session is changed while a token is verified");
  }
}
