package dev.holdfast.configuration.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The parts that hold connections or threads, to be ended together. */
final class OpenParts implements AutoCloseable {
  private final List<AutoCloseable> parts = new ArrayList<>();

  /** Makes a whole of parts; when that fails, those that were made already are ended. */
  static <T> T unlessFailing(Function<OpenParts, T> making) {
    OpenParts parts = new OpenParts();
    try {
      return making.apply(parts);
    } catch (RuntimeException | Error failed) {
      parts.close();
      throw failed;
    }
  }

  /** Remembers the part if it has to be ended at all. */
  <T> T add(T part) {
    if (part instanceof AutoCloseable closeable) {
      parts.add(closeable);
    }
    return part;
  }

  /** The same for a part that uses others, and ends before them. */
  void addFirst(AutoCloseable part) {
    parts.add(0, part);
  }

  /** Ends all of them, also when one fails. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception failed) {
        failure = new IllegalStateException("a part could not be closed", failed);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
