package dev.holdfast.examples.mcpserver;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Node.js from the distribution, in a copy of {@code src/test/node} under {@code target}. Where it
 * or the packages cannot be had, tests are skipped; they fail instead where both have to be.
 */
final class Node {

  private static final String REQUIRED = "HOLDFAST_REQUIRE_NODE";
  private static final int OLDEST = 20;
  private static final int PATIENCE_MINUTES = 3;

  private final Path directory;

  private Node(Path directory) {
    this.directory = directory;
  }

  /** Installs what {@code package-lock.json} pins, each package by its version and digest. */
  static Node installedOrSkip() throws IOException, InterruptedException {
    Node node = new Node(copyOf(Path.of("src/test/node"), Path.of("target/node")));
    node.check();
    Ended installation = node.run(Map.of(), "npm", "ci", "--prefer-offline");
    if (installation.status() != 0) {
      skip("npm cannot install the clients: " + installation.output());
    }
    return node;
  }

  private void check() throws IOException, InterruptedException {
    String version;
    try {
      version = run(Map.of(), "node", "-p", "process.versions.node").output().strip();
      run(Map.of(), "npm", "--version");
    } catch (IOException missing) {
      skip("Node.js and npm are not installed: apt-get install nodejs npm");
      return;
    }
    if (Integer.parseInt(version.split("\\.", -1)[0]) < OLDEST) {
      skip("Node.js is " + version + ", and the client needs " + OLDEST);
    }
  }

  private static void skip(String reason) {
    if ("true".equals(System.getenv(REQUIRED))) {
      fail(reason + ", and " + REQUIRED + " is true");
    }
    abort(reason);
  }

  /** Runs a program there until it ends; after some minutes by force. */
  Ended run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    return new Ended(
        process.exitValue(), ended ? said : said + "\n(ended by force: it took too long)");
  }

  private static Path copyOf(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return target;
  }

  /**
   * How a program ended.
   *
   * @param status 0 when all went well
   * @param output what it wrote, errors as well
   */
  record Ended(int status, String output) {}
}
