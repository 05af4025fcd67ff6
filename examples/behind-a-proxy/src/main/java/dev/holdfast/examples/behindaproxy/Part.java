package dev.holdfast.examples.behindaproxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A program that runs beside this one: its output is read, and it ends when this is closed. */
final class Part implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String name;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private Part(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static Part start(String name, List<String> command, Path directory) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().put("HOME", directory.toString()); // where Caddy keeps things
      builder.environment().put("XDG_DATA_HOME", directory.toString());
      builder.environment().put("XDG_CONFIG_HOME", directory.toString());
      Process process = builder.start();
      process.getOutputStream().close();
      Part part = new Part(name, process);
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end " + name));
      Thread reader = new Thread(part::read, name);
      reader.setDaemon(true);
      reader.start();
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  private void read() {
    try (BufferedReader in = process.inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException ended) {
      lines.add("(no more output: " + ended.getMessage() + ")");
    }
  }

  /** Waits for a line in which the pattern is found, and gives its first group. */
  String await(Pattern pattern) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && (process.isAlive() || !lines.isEmpty())) {
      String line = next();
      if (line != null) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    throw new PartFailedException(name + " did not become ready: " + seen);
  }

  /** Waits until it listens there. */
  void await(int port) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end && (process.isAlive() || !lines.isEmpty())) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        return;
      } catch (IOException notYet) {
        String unused = next();
      }
    }
    throw new PartFailedException(name + " does not listen: " + seen);
  }

  /** The next line of its output, or null when there is none for a moment. */
  private @Nullable String next() {
    try {
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line != null) {
        seen.add(line);
      }
      return line;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new PartFailedException("interrupted while " + name + " starts");
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
