package dev.holdfast.servers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server as it is distributed, which the build has unpacked. */
final class Distribution {
  private static final String REQUIRED = "HOLDFAST_REQUIRE_SERVERS";

  private Distribution() {}

  /** Its directory. Without it the tests are skipped, or fail where the server has to be there. */
  static Path orSkip(String name) {
    Path parent = Path.of(System.getProperty("servers.directory", "target/servers"), name);
    if (Files.isDirectory(parent)) {
      try (Stream<Path> children = Files.list(parent)) {
        List<Path> homes = children.filter(Files::isDirectory).toList();
        if (homes.size() == 1) {
          return homes.get(0).toAbsolutePath();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    String missing = "no server in " + parent;
    if ("true".equals(System.getenv(REQUIRED))) {
      fail(missing + ", and " + REQUIRED + " is true");
    }
    return abort(missing + ": it was left out by -Dwithout." + name);
  }
}
