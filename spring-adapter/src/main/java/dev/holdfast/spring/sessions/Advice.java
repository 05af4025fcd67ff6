package dev.holdfast.spring.sessions;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** What an operator should change in the application; each piece is logged once. */
public final class Advice {
  private static final Log LOG = LogFactory.getLog("dev.holdfast");

  private final Set<String> given = ConcurrentHashMap.newKeySet();

  /**
   * Logs it as a warning, the first time.
   *
   * @param text made of names in the application's code, never of what a caller sent
   */
  public void give(String text) {
    if (given.add(text)) {
      LOG.warn(text);
    }
  }
}
