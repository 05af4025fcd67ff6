package dev.holdfast.examples.stolentoken;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One of the programs: a process whose output is kept, in memory and in a log file. */
final class Part implements AutoCloseable {

  private final String name;
  private final Process process;
  private final Output output = new Output();

  private Part(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts a program.
   *
   * @param arguments what follows {@code java}; they go through a file that only the owner can
   *     read, because a command line can be read by everyone
   */
  static Part start(String name, List<String> arguments, Workplace workplace) {
    Path file = workplace.file(name + ".arguments");
    try {
      Files.write(file, arguments.stream().map(Part::quoted).toList());
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + file)
              .directory(workplace.directory().toFile())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      Part part = new Part(name, process);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end " + name));
      Thread reader = new Thread(() -> part.read(workplace.file(name + ".log")), name);
      reader.setDaemon(true);
      reader.start();
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private void read(Path log) {
    try (BufferedReader in = process.inputReader();
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        copy.write(line);
        copy.newLine();
        copy.flush();
        output.add(line);
      }
    } catch (IOException ended) {
      output.add("(no more output: " + ended.getMessage() + ")");
    } finally {
      output.end();
    }
  }

  String name() {
    return name;
  }

  Output output() {
    return output;
  }

  /** Waits for a line of its output in which {@code reader} finds something. */
  String await(Function<String, Optional<String>> reader, Duration deadline) {
    return output
        .await(0, reader, deadline)
        .orElseThrow(
            () ->
                new PartFailedException(
                    name
                        + (process.isAlive() ? " did not become ready" : " ended")
                        + ", its last words: "
                        + output.last()));
  }

  /** Asks the program to end, without waiting for it. */
  void stop() {
    process.destroy();
  }

  /** Ends the program, by force when it does not go by itself. */
  @Override
  public void close() {
    stop();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
