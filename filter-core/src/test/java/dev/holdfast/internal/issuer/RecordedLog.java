package dev.holdfast.internal.issuer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * All that is logged over SLF4J at any level, while somebody records it; what Holdfast logs goes on
 * to the JDK's loggers, where tests look for it.
 */
public final class RecordedLog implements SLF4JServiceProvider {
  private static volatile @Nullable List<String> lines;
  private final IMarkerFactory markers = new BasicMarkerFactory();

  public static List<String> start() {
    List<String> started = new CopyOnWriteArrayList<>();
    lines = started;
    return started;
  }

  public static void stop() {
    lines = null;
  }

  @SuppressWarnings("serial")
  private static final class Recorder extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient System.@Nullable Logger jdk;

    Recorder(String name) {
      this.name = name;
      this.jdk = name.startsWith("dev.holdfast") ? System.getLogger(name) : null;
    }

    private boolean isTaken(System.Logger.Level level) {
      return lines != null || (jdk != null && jdk.isLoggable(level));
    }

    @Override
    public boolean isTraceEnabled() {
      return isTaken(System.Logger.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
      return isTaken(System.Logger.Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
      return isTaken(System.Logger.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
      return isTaken(System.Logger.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
      return isTaken(System.Logger.Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String pattern,
        Object @Nullable [] arguments,
        @Nullable Throwable thrown) {
      if (jdk != null) {
        jdk.log(
            level == Level.WARN
                ? System.Logger.Level.WARNING
                : System.Logger.Level.valueOf(level.name()),
            MessageFormatter.basicArrayFormat(pattern, arguments),
            thrown);
      }
      List<String> recorded = lines;
      if (recorded != null) {
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        recorded.add(level + " " + name + " " + text + (thrown == null ? "" : " " + thrown));
      }
    }
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return Recorder::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return new NOPMDCAdapter();
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // nothing is needed
  }
}
