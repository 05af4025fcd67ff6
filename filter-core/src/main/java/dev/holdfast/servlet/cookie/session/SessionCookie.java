package dev.holdfast.servlet.cookie.session;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.wire.WireRequest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The container's own session cookie, as the application configured it. */
public final class SessionCookie {
  public static final String DEFAULT_NAME = "JSESSIONID";

  private final String name;
  private final Map<String, String> attributes;

  private SessionCookie(String name, Map<String, String> attributes) {
    this.name = name;
    this.attributes = attributes;
  }

  public static SessionCookie of(ServletContext context) {
    SessionCookieConfig config = context.getSessionCookieConfig();
    if (config == null) { // Jetty, in an application without sessions
      return new SessionCookie(DEFAULT_NAME, Map.of("Path", contextPath(context)));
    }
    Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    attributes.putAll(config.getAttributes());
    TomcatSessionCookie ofTomcat = TomcatSessionCookie.of(context);
    if (ofTomcat.path() != null) {
      attributes.put("Path", ofTomcat.path());
    }
    if (ofTomcat.domain() != null) {
      attributes.put("Domain", ofTomcat.domain());
    }
    attributes.computeIfAbsent("Path", path -> contextPath(context));
    if (ofTomcat.endsPathWithSlash()) {
      attributes.computeIfPresent("Path", (any, path) -> path.endsWith("/") ? path : path + '/');
    }
    attributes.remove("Name"); // Jetty has the cookie's name among them
    // Jetty has -1 there for a cookie that ends with the browser; as a field it would end at once
    attributes.computeIfPresent("Max-Age", (name, age) -> age.startsWith("-") ? null : age);
    String name = ofTomcat.name() == null ? config.getName() : ofTomcat.name();
    return new SessionCookie(name == null || name.isEmpty() ? DEFAULT_NAME : name, attributes);
  }

  /**
   * The cookie that this request's session came in. Where a bound cookie has its identifier, it is
   * that cookie: a container may know a name for it that the API does not show.
   */
  public static SessionCookie of(CookieRules rules, HttpServletRequest request) {
    SessionCookie configured = of(request.getServletContext());
    String id = WireRequest.httpBelow(request).getRequestedSessionId();
    if (id != null && !rules.binds(configured.name)) {
      CookieFields cookies = new CookieFields(request);
      for (String name : rules.names()) {
        if (cookies.carries(name, id)) {
          return new SessionCookie(name, configured.attributes);
        }
      }
    }
    return configured;
  }

  private static String contextPath(ServletContext context) {
    return context.getContextPath().isEmpty() ? "/" : context.getContextPath();
  }

  /**
   * Makes the container send it with {@code Secure} and {@code HttpOnly}.
   *
   * @throws InvalidSettingException when it is too late for that, or there are no sessions
   */
  public static void protect(ServletContext context) {
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

  public String name() {
    return name;
  }

  /**
   * The paths that are this application's alone. An application around it may have a session cookie
   * of the same name, which browsers send here too.
   */
  public Set<String> ownPaths(String contextPath) {
    Set<String> paths = new HashSet<>(SetCookie.usualPaths(name, contextPath));
    paths.remove("/");
    paths.add(String.valueOf(attributes.get("Path")));
    return paths;
  }

  /**
   * Whether the container has sent the cookie already in this response. Jetty does so before all
   * filters when it gives the cookie a new lifetime; its companion then needs one too.
   */
  public boolean isSentAgain(HttpServletResponse response) {
    return response.getHeaders(SetCookie.FIELD).stream()
        .anyMatch(line -> SetCookie.parse(line).name().equals(name));
  }

  /** The cookie with that value, to read its scope from. */
  public SetCookie withValue(String value) {
    return new SetCookie(name, value, attributes);
  }

  /**
   * The cookie as the container has written it into this answer: Tomcat's context may have a path
   * of its own for it. Where the container writes it later, it is as it was configured.
   */
  public SetCookie sent(String value, HttpServletResponse response) {
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
