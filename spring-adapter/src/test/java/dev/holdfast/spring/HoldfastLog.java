package dev.holdfast.spring;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Holdfast's lines reach the console that a test captures. Another class of the same JVM may have
 * switched them off, and Boot takes its bridge from {@link java.util.logging} away with each
 * application that closes.
 */
final class HoldfastLog implements BeforeEachCallback {
  /** Held, because a logger that nobody holds loses its level. */
  private static final Logger LOGGER = Logger.getLogger("dev.holdfast");

  @Override
  public void beforeEach(ExtensionContext test) {
    LOGGER.setLevel(Level.INFO);
    LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LOGGER.getName(), LogLevel.INFO);
    if (!SLF4JBridgeHandler.isInstalled()) {
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
    }
  }
}
