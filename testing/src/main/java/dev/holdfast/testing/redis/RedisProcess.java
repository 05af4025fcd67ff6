package dev.holdfast.testing.redis;

import dev.holdfast.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process of the distribution's {@code redis-server} on a loopback port of its own, without
 * persistence, in a folder of its own. It is spoken to with {@code redis-cli}.
 */
public final class RedisProcess implements AutoCloseable {
  private static final String REQUIRED = "HOLDFAST_REQUIRE_REDIS";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path SERVER = Path.of("/usr/bin/redis-server");

  private final Path folder;
  private final int port;
  private final List<String> command;
  private final List<String> login;
  private @Nullable Process process;

  private RedisProcess(Path folder, int port, List<String> command, List<String> login) {
    this.folder = folder;
    this.port = port;
    this.command = command;
    this.login = login;
  }

  /** Whether the package is there; where it must be there, this fails instead. */
  public static boolean isInstalled() {
    boolean installed = Files.isExecutable(SERVER);
    if (!installed && "true".equals(System.getenv(REQUIRED))) {
      throw new IllegalStateException(SERVER + " is missing and " + REQUIRED + " is set");
    }
    return installed;
  }

  /**
   * A server that keeps data and is running.
   *
   * @param folder an empty one for its files, which is made
   * @param settings as in redis.conf, such as {@code maxmemory 4mb}
   */
  public static RedisProcess started(Path folder, String... settings) {
    return started(folder, List.of(), settings);
  }

  /** The same, spoken to with these options of {@code redis-cli}. */
  public static RedisProcess started(Path folder, List<String> login, String... settings) {
    int port = freePort();
    List<String> lines = new ArrayList<>(List.of("save \"\"", "appendonly no"));
    lines.addAll(List.of(settings));
    if (lines.stream().noneMatch(line -> line.startsWith("tls-port"))) {
      lines.add("port PORT");
    } else {
      lines.add("port 0");
    }
    return configured(folder, port, lines, login, List.of());
  }

  static RedisProcess sentinel(Path folder, String... settings) {
    List<String> lines = new ArrayList<>(List.of(settings));
    if (lines.stream().noneMatch(line -> line.startsWith("tls-port"))) {
      lines.add("port PORT");
    }
    return configured(folder, freePort(), lines, List.of(), List.of("--sentinel"));
  }

  private static RedisProcess configured(
      Path folder, int port, List<String> lines, List<String> login, List<String> options) {
    try {
      Files.createDirectories(folder);
      List<String> all = new ArrayList<>(List.of("dir " + folder, "bind 127.0.0.1"));
      lines.forEach(line -> all.add(line.replace("PORT", "" + port)));
      Path file = Files.write(folder.resolve("redis.conf"), all);
      List<String> command = new ArrayList<>(List.of(SERVER.toString(), file.toString()));
      command.addAll(options);
      RedisProcess redis = new RedisProcess(folder, port, command, login);
      redis.start();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again with the same settings, on the same port, and without any data. */
  public void start() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("redis.log").toFile()))
              .start();
      if (!Await.within(PATIENCE, () -> command("PING").contains("PONG"))) {
        kill();
        throw new IllegalStateException(Files.readString(folder.resolve("redis.log")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As when the machine is switched off: no farewell. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Its TCP port, which stays the same when it is started again. */
  public int port() {
    return port;
  }

  /** Sends a command, and returns the answer as text. */
  public String command(String... words) {
    return answer(StandardCharsets.UTF_8, words);
  }

  /** Sends a command, and returns the answer with one character for each byte. */
  public String bytes(String... words) {
    return answer(StandardCharsets.ISO_8859_1, words);
  }

  private String answer(Charset charset, String... words) {
    List<String> line = new ArrayList<>(List.of("redis-cli", "-h", "127.0.0.1", "-p", "" + port));
    line.addAll(login);
    line.addAll(List.of(words));
    try {
      Process cli = new ProcessBuilder(line).redirectErrorStream(true).start();
      cli.getOutputStream().close();
      String answer = new String(cli.getInputStream().readAllBytes(), charset);
      if (!cli.waitFor(10, TimeUnit.SECONDS)) {
        cli.destroyForcibly();
      }
      return answer.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One field of {@code INFO}; empty when there is none. */
  public String info(String field) {
    return command("INFO")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Whether it is running. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
