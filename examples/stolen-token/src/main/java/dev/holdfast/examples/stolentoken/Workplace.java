package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A temporary directory that only its owner can enter. Keys and settings go when it is closed; the
 * programs' logs stay until they are deleted. A process that is interrupted leaves nothing.
 */
final class Workplace implements AutoCloseable {

  private final Path directory;
  private volatile boolean closed;

  private Workplace(Path directory) {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "delete keys"));
  }

  /** A new directory; the JDK makes temporary directories for their owner only. */
  static Workplace create() {
    try {
      return new Workplace(Files.createTempDirectory("stolen-token-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** A configuration of {@code java.util.logging} in which every refusal is logged. */
  Path logging() {
    try {
      return Files.writeString(
          file("logging.properties"),
          """
          handlers = java.util.logging.ConsoleHandler
          java.util.logging.ConsoleHandler.level = ALL
          .level = INFO
          dev.holdfast.level = ALL
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void deleteLogs() {
    delete(name -> true);
  }

  private void interrupted() {
    if (!closed) {
      delete(name -> true);
    }
  }

  @Override
  public void close() {
    delete(name -> !name.endsWith(".log"));
    closed = true;
  }

  /** Deletes files, then the directory if nothing is left in it. */
  private void delete(Predicate<String> chosen) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      boolean everything = true;
      for (Path file : all) {
        if (chosen.test(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        } else {
          everything = false;
        }
      }
      if (everything) {
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the keys in " + directory, e);
    }
  }
}
