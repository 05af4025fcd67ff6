package dev.holdfast.examples.behindaproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary directory that only its owner can enter, with the keys, configurations and logs of
 * one demonstration. All of it goes when it is closed.
 *
 * @param directory the directory
 */
record Workplace(Path directory) implements AutoCloseable {

  static Workplace create() {
    try {
      Workplace workplace = new Workplace(Files.createTempDirectory("behind-a-proxy-"));
      Runtime.getRuntime().addShutdownHook(new Thread(workplace::close, "delete keys"));
      return workplace;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(file(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("cannot delete the keys in " + directory, e);
    }
  }
}
