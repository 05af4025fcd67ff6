package dev.holdfast.examples.quarkusapi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What Holdfast logs while it is open. */
final class HoldfastLines extends Handler implements AutoCloseable {
  private final Logger logger = Logger.getLogger("dev.holdfast"); // held: loggers are weak
  private final List<String> lines = new CopyOnWriteArrayList<>();

  HoldfastLines() {
    logger.addHandler(this);
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
