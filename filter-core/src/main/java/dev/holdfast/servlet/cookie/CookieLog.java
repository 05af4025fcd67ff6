package dev.holdfast.servlet.cookie;

import java.lang.System.Logger.Level;

/**
 * What happens to bound cookies, on the logger {@code dev.holdfast}: names come from the settings
 * and rules are constants, so that no caller writes into it.
 */
final class CookieLog {
  private static final System.Logger LOGGER = System.getLogger("dev.holdfast");

  private CookieLog() {}

  static void refused(String name, String rule) {
    LOGGER.log(Level.INFO, "cookie refused: {0} ({1})", name, rule);
  }

  static void withheld(String name, String rule) {
    LOGGER.log(Level.WARNING, "cookie not issued: {0} ({1})", name, rule);
  }
}
