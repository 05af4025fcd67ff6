package dev.holdfast.servlet.cookie;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.CookieSettingsReader;
import dev.holdfast.servlet.cookie.session.CookieRules;
import dev.holdfast.servlet.cookie.session.SessionCookie;
import dev.holdfast.servlet.registration.ContainerLogin;
import jakarta.servlet.ServletContext;

/** What stops the start, because the container does something before any filter. */
final class CookieStart {
  private CookieStart() {}

  /** Then the session's cookie would be bound to nothing, and nobody would notice. */
  static void refuseAnotherSessionCookie(CookieRules applied, ServletContext context) {
    String name = SessionCookie.of(context).name();
    if (applied.binds(SessionCookie.DEFAULT_NAME) && !applied.binds(name)) {
      throw new InvalidSettingException(
          "holdfast.cookies.names",
          "it names " + SessionCookie.DEFAULT_NAME + ", and the session's cookie here is " + name,
          "Write " + name + " instead");
    }
    if (!applied.binds(name)) {
      CookieSettingsReader.refuseSlip(applied.names(), name);
      CookieLog.leftOut(name);
    }
  }

  /** It changes the session's identifier before a filter could see whose session it is. */
  static void refuseContainerLogin(CookieRules applied, ServletContext context) {
    boolean bindsSession = applied.binds(SessionCookie.of(context).name());
    String method = bindsSession ? ContainerLogin.method(context) : null;
    if (method != null) {
      throw new InvalidSettingException(
          "holdfast.cookies.names",
          "the container's session cookie is to be bound, and the container signs users in itself ("
              + method
              + "), where it changes the session's identifier before any filter",
          "Remove <login-config>, or the authenticator that the container has without one, and sign"
              + " users in behind this filter, with HttpServletRequest.login for example, or do not"
              + " bind the session cookie");
    }
    String cookie = ContainerLogin.singleSignOnCookie(context);
    if (cookie != null && (bindsSession || applied.binds(cookie))) {
      throw new InvalidSettingException(
          "holdfast.cookies.names",
          "Tomcat's valve SingleSignOn signs in whoever has the cookie "
              + cookie
              + ", before any filter and without its companion",
          "Remove the valve from the context, the host and the engine, or bind neither "
              + cookie
              + " nor the session cookie");
    }
  }
}
