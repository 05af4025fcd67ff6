package dev.holdfast.servlet.cookie;

import dev.holdfast.configuration.InvalidSettingException;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.TreeMap;

/** The container's own session cookie, as the application configured it. */
final class SessionCookie {
  static final String DEFAULT_NAME = "JSESSIONID";

  private final String name;
  private final Map<String, String> attributes;

  private SessionCookie(String name, Map<String, String> attributes) {
    this.name = name;
    this.attributes = attributes;
  }

  static SessionCookie of(ServletContext context) {
    SessionCookieConfig config = context.getSessionCookieConfig();
    if (config == null) { // Jetty, in an application without sessions
      return new SessionCookie(DEFAULT_NAME, Map.of("Path", contextPath(context)));
    }
    Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    attributes.putAll(config.getAttributes());
    attributes.computeIfAbsent("Path", path -> contextPath(context));
    attributes.remove("Name"); // Jetty has the cookie's name among them
    // Jetty has -1 there for a cookie that ends with the browser; as a field it would end at once
    attributes.computeIfPresent("Max-Age", (name, age) -> age.startsWith("-") ? null : age);
    String name = config.getName();
    return new SessionCookie(name == null || name.isEmpty() ? DEFAULT_NAME : name, attributes);
  }

  private static String contextPath(ServletContext context) {
    return context.getContextPath().isEmpty() ? "/" : context.getContextPath();
  }

  /**
   * Makes the container send it with {@code Secure} and {@code HttpOnly}.
   *
   * @throws InvalidSettingException when it is too late for that, or there are no sessions
   */
  static void protect(ServletContext context) {
    SessionCookieConfig config = context.getSessionCookieConfig();
    if (config == null) {
      throw new InvalidSettingException(
          "holdfast.cookies.names",
          "the container's session cookie is to be bound, but this application has no sessions",
          "Leave " + DEFAULT_NAME + " out, or give the application a SessionHandler");
    }
    if (config.isSecure() && config.isHttpOnly()) {
      return;
    }
    try {
      config.setSecure(true);
      config.setHttpOnly(true);
    } catch (IllegalStateException tooLate) {
      InvalidSettingException invalid =
          new InvalidSettingException(
              "holdfast.cookies.names",
              "the container's session cookie is to be bound, but is sent without Secure and"
                  + " HttpOnly",
              "Set both in web.xml's <cookie-config>, or as server.servlet.session.cookie.secure and"
                  + " .http-only");
      invalid.initCause(tooLate);
      throw invalid;
    }
  }

  String name() {
    return name;
  }

  /**
   * Whether the container has sent the cookie already in this response. Jetty does so before all
   * filters when it gives the cookie a new lifetime; its companion then needs one too.
   */
  boolean isSentAgain(HttpServletResponse response) {
    return response.getHeaders(SetCookie.FIELD).stream()
        .anyMatch(line -> SetCookie.parse(line).name().equals(name));
  }

  /** The cookie with that value, to read its scope from. */
  SetCookie withValue(String value) {
    return new SetCookie(name, value, attributes);
  }

  /**
   * The cookie as the container has written it into this answer: Tomcat's context may have a path
   * of its own for it. Where the container writes it later, it is as it was configured.
   */
  SetCookie sent(String value, HttpServletResponse response) {
    SetCookie sent = withValue(value);
    for (String line : response.getHeaders(SetCookie.FIELD)) {
      SetCookie written = SetCookie.parse(line);
      if (written.name().equals(name) && RequestedSession.isSame(written.value(), value)) {
        sent = new SetCookie(name, value, written.attributes());
      }
    }
    return sent;
  }
}
