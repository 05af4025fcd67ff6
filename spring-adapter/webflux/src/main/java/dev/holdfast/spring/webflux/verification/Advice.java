package dev.holdfast.spring.webflux.verification;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What an operator should change in the application; each piece is logged once. */
public final class Advice {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");

  private final Set<String> given = ConcurrentHashMap.newKeySet();

  /**
   * Logs it as a warning, the first time.
   *
   * @param text made of names in the application's code, never of what a caller sent
   */
  void give(String text) {
    if (given.add(text)) {
      LOGGER.log(Level.WARNING, text);
    }
  }
}
