package dev.holdfast.testing.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What Logback is given while this is open. */
final class LogbackLines implements AutoCloseable {
  private final Logger root;
  private final Logger named;
  private final @Nullable Level levelBefore;
  private final Sink everyones;
  private final Sink ofTheNamed;

  LogbackLines(String name, List<String> lines, List<String> everything) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    named = context.getLogger(name);
    levelBefore = named.getLevel();
    named.setLevel(Level.TRACE);
    everyones = new Sink(context, everything);
    ofTheNamed = new Sink(context, lines);
    root.addAppender(everyones);
    named.addAppender(ofTheNamed);
  }

  @Override
  public void close() {
    root.detachAppender(everyones);
    named.detachAppender(ofTheNamed);
    named.setLevel(levelBefore);
  }

  private static final class Sink extends AppenderBase<ILoggingEvent> {
    private final List<String> lines;

    Sink(LoggerContext context, List<String> lines) {
      this.lines = lines;
      setContext(context);
      start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getThrowableProxy() == null
              ? event.getFormattedMessage()
              : event.getFormattedMessage()
                  + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
  }
}
