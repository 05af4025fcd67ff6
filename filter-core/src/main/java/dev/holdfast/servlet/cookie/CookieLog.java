package dev.holdfast.servlet.cookie;

import dev.holdfast.cookie.CookieBinder;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.servlet.cookie.session.CookieRules;
import java.lang.System.Logger.Level;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What happens to bound cookies, on the logger {@code dev.holdfast}: names come from the settings
 * and rules are constants, so that no caller writes into it.
 */
final class CookieLog {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private CookieLog() {}

  /** One line at the start: which cookies are bound, and to what. */
  static void started(CookieRules rules) {
    boolean required = rules.binder().requirement() == CookieBinder.CookieRequirement.REQUIRED;
    String methods =
        rules.mechanisms().stream()
            .map(mechanism -> mechanism.method().propertyName())
            .distinct()
            .collect(Collectors.joining(" "));
    LOGGER.log(
        Level.INFO,
        "Holdfast binds cookies "
            + String.join(" ", new TreeSet<>(rules.names()))
            + ", policy "
            + (required ? "required" : "when-proven")
            + ", methods "
            + methods);
  }

  /** Said once at the start: the application may have no sessions, or others than these. */
  static void leftOut(String sessionCookie) {
    LOGGER.log(
        Level.WARNING,
        "holdfast.cookies.names does not name "
            + sessionCookie
            + ", the cookie of the container's sessions, so that a stolen one works. Name it too,"
            + " unless the application uses no such session.");
  }

  static void refused(String name, String rule) {
    LOGGER.log(Level.INFO, "cookie refused: {0} ({1})", name, rule);
  }

  static void withheld(String name, String rule) {
    LOGGER.log(Level.WARNING, "cookie not issued: {0} ({1})", name, rule);
  }
}
