package dev.holdfast.examples.quarkusapi;

import dev.holdfast.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as it was built, started as a program. */
final class QuarkusApi implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Listening on: https://[^:\\s]+:(\\d+)");

  private final Process process;
  private final Path output;

  private QuarkusApi(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** With these system properties; it may not have started yet. */
  static QuarkusApi launch(Path directory, Map<String, String> settings) throws IOException {
    Path output = Files.createTempFile(directory, "quarkus", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new QuarkusApi(process, output);
  }

  /** The port with TLS, once it listens. */
  int port() throws InterruptedException {
    Await.within(
        Duration.ofMinutes(1), () -> !process.isAlive() || ADDRESS.matcher(output()).find());
    Matcher address = ADDRESS.matcher(output());
    if (!address.find()) {
      throw new IllegalStateException("the application did not start: " + output());
    }
    return Integer.parseInt(address.group(1));
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
