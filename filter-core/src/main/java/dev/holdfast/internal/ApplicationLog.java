package dev.holdfast.internal;

import java.lang.System.Logger;
import java.text.MessageFormat;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where lines for the operator go: to the application's own logging by SLF4J, where something that
 * takes them is on its class path, and else to the JDK's. In a WAR the JDK's is the container's,
 * and the application's log files would say nothing.
 */
public final class ApplicationLog implements Logger {
  private static final Map<Level, org.slf4j.event.Level> LEVELS =
      Map.of(
          Level.ALL, org.slf4j.event.Level.TRACE,
          Level.TRACE, org.slf4j.event.Level.TRACE,
          Level.DEBUG, org.slf4j.event.Level.DEBUG,
          Level.INFO, org.slf4j.event.Level.INFO,
          Level.WARNING, org.slf4j.event.Level.WARN,
          Level.ERROR, org.slf4j.event.Level.ERROR);

  private final org.slf4j.Logger logger;

  private ApplicationLog(org.slf4j.Logger logger) {
    this.logger = logger;
  }

  /** The log of that name. */
  public static Logger named(String name) {
    try {
      return hasTaker()
          ? new ApplicationLog(LoggerFactory.getLogger(name))
          : System.getLogger(name);
    } catch (LinkageError withoutSlf4j) {
      return System.getLogger(name);
    }
  }

  /** SLF4J itself would say on the standard error that it found none, and drop every line. */
  private static boolean hasTaker() {
    return ServiceLoader.load(SLF4JServiceProvider.class, LoggerFactory.class.getClassLoader())
        .iterator()
        .hasNext();
  }

  @Override
  public String getName() {
    return logger.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    org.slf4j.event.Level same = LEVELS.get(level);
    return same != null && logger.isEnabledForLevel(same);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    org.slf4j.event.Level same = LEVELS.get(level);
    if (same != null) {
      logger.atLevel(same).setCause(thrown).log(localized(bundle, message));
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String text = localized(bundle, format);
      boolean isFormat = text != null && parameters != null && parameters.length > 0;
      log(level, null, isFormat ? MessageFormat.format(text, parameters) : text, (Throwable) null);
    }
  }

  private static @Nullable String localized(@Nullable ResourceBundle bundle, @Nullable String key) {
    try {
      return bundle == null || key == null ? key : bundle.getString(key);
    } catch (MissingResourceException none) {
      return key;
    }
  }
}
