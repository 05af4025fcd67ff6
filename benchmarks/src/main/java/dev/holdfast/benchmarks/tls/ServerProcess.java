package dev.holdfast.benchmarks.tls;

import dev.holdfast.testing.Identity;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One side's server, seen from here. */
final class ServerProcess implements AutoCloseable {
  private static final String JVM_OPTIONS = "dev.holdfast.benchmarks.tls.serverOptions";

  private final Process process;
  private final Map<ServerKey, Integer> ports = new EnumMap<>(ServerKey.class);

  private ServerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it, with this JVM's Java and class path, and waits until it listens. The system property
   * {@code dev.holdfast.benchmarks.tls.serverOptions} has more options for its JVM, such as a
   * profiler's.
   */
  static ServerProcess start(Side side, Map<ServerKey, Identity> keys) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-cp", System.getProperty("java.class.path")));
    Stream.of(System.getProperty(JVM_OPTIONS, "").split(" ", -1))
        .filter(option -> !option.isEmpty())
        .map(option -> option.replace("%side", side.name()))
        .forEach(command::add);
    command.addAll(List.of(TlsServer.class.getName(), side.name()));
    keys.keySet().forEach(key -> command.add(key.name()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ServerProcess started = new ServerProcess(process);
      started.exchange(keys);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void exchange(Map<ServerKey, Identity> keys) throws IOException {
    for (Identity identity : keys.values()) {
      process.outputWriter(StandardCharsets.US_ASCII).append(encoded(identity)).append('\n');
    }
    process.outputWriter(StandardCharsets.US_ASCII).flush();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    for (ServerKey key : keys.keySet()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith(TlsServer.PORT)) {
        line = lines.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("the server did not start");
      }
      ports.put(key, Integer.parseInt(line.substring(TlsServer.PORT.length())));
    }
  }

  private static String encoded(Identity identity) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      char[] password = TlsServer.PASSWORD.toCharArray();
      identity.keyStore(password).store(bytes, password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  int port(ServerKey key) {
    return Objects.requireNonNull(ports.get(key));
  }

  /**
   * The CPU time of the process in seconds, without that of the JIT compiler, which is busy with
   * either side for longer than these rounds last. Where there is no Linux, with it.
   */
  double cpuSeconds() {
    Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
    if (!Files.isReadable(threads.resolve(process.pid() + "/schedstat"))) {
      return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }
    try (Stream<Path> all = Files.list(threads)) {
      return all.mapToLong(ServerProcess::nanos).sum() / 1e9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A thread's, from {@code schedstat}, whose first number is that; zero for the compiler's. */
  private static long nanos(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return name.startsWith("C1 Comp") || name.startsWith("C2 Comp")
          ? 0
          : Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    } catch (IOException ended) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
