package dev.holdfast.configuration;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Holdfast logs while it is open, each line with its level. */
public final class LogLines extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.holdfast"); // what System.Logger writes to
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final Level level;

  public LogLines() {
    level = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.addHandler(this);
  }

  public List<String> texts() {
    return texts;
  }

  @Override
  public void publish(LogRecord line) {
    texts.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {
    // nothing is buffered
  }

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(level);
  }
}
