package dev.holdfast.examples.stolentoken;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The lines that a program has written so far; one thread writes, another waits for them. */
final class Output {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  void add(String line) {
    lock.lock();
    try {
      lines.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many lines there are: what comes later is found from here on. */
  int position() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  String last() {
    lock.lock();
    try {
      return lines.isEmpty() ? "none" : lines.get(lines.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for what {@code reader} finds in a line.
   *
   * @param from the position to begin at
   * @return empty when the output ends or the deadline passes without it
   */
  Optional<String> await(int from, Function<String, Optional<String>> reader, Duration deadline) {
    long remaining = deadline.toNanos();
    lock.lock();
    try {
      int next = from;
      while (true) {
        for (; next < lines.size(); next++) {
          Optional<String> found = reader.apply(lines.get(next));
          if (found.isPresent()) {
            return found;
          }
        }
        if (ended || remaining <= 0) {
          return Optional.empty();
        }
        remaining = changed.awaitNanos(remaining);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
