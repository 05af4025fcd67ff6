package dev.holdfast.testing.contract;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What is logged while it is open: by Holdfast at every level, by everyone else as configured. */
final class CapturedLog implements AutoCloseable {
  private final Logger holdfast = Logger.getLogger("dev.holdfast"); // held: loggers are weak
  private final Logger root = Logger.getLogger("");
  private final @Nullable Level levelBefore = holdfast.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> everything = new CopyOnWriteArrayList<>();
  private final Recorder ofHoldfast = new Recorder(lines);
  private final Recorder ofEveryone = new Recorder(everything);

  private @Nullable LogbackLines ofLogback;

  private CapturedLog() {}

  static CapturedLog start() {
    CapturedLog log = new CapturedLog();
    log.holdfast.setLevel(Level.ALL);
    log.holdfast.addHandler(log.ofHoldfast);
    log.root.addHandler(log.ofEveryone);
    if (isLogbackThere()) {
      log.ofLogback = new LogbackLines(log.holdfast.getName(), log.lines, log.everything);
    }
    return log;
  }

  /** Where it is, an application's lines go to it, and not to the JDK's loggers. */
  private static boolean isLogbackThere() {
    try {
      Class.forName("ch.qos.logback.classic.LoggerContext");
      return true;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }

  /** The messages of Holdfast's own loggers, without time and stack traces. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** All messages, with stack traces. */
  List<String> everything() {
    return List.copyOf(everything);
  }

  @Override
  public void close() {
    if (ofLogback != null) {
      ofLogback.close();
    }
    root.removeHandler(ofEveryone);
    holdfast.removeHandler(ofHoldfast);
    holdfast.setLevel(levelBefore);
  }

  private static final class Recorder extends Handler {
    private final List<String> sink;
    private final SimpleFormatter formatter = new SimpleFormatter();

    Recorder(List<String> sink) {
      this.sink = sink;
      setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
      StringWriter text = new StringWriter();
      text.append(formatter.formatMessage(entry));
      if (entry.getThrown() != null) {
        entry.getThrown().printStackTrace(new PrintWriter(text));
      }
      sink.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
