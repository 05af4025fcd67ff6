package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis on a loopback port of its own, which stays the same when it is started again. */
final class LocalRedis implements AutoCloseable {
  private final int port = freePort();
  private final List<String> settings;
  private RedisServer server;

  private LocalRedis(List<String> settings) {
    this.settings = settings;
  }

  /** One that is running; {@code PORT} in a setting stands for the port. */
  static LocalRedis started(String... settings) {
    LocalRedis redis = new LocalRedis(List.of(settings));
    redis.start();
    return redis;
  }

  int port() {
    return port;
  }

  RedisAddress address() {
    return RedisAddress.of("redis://127.0.0.1:" + port);
  }

  void start() {
    try {
      boolean tls = settings.stream().anyMatch(setting -> setting.startsWith("tls-port"));
      RedisServerBuilder builder = RedisServer.newRedisServer().bind("127.0.0.1");
      builder.port(tls ? freePort() : port).setting("save \"\"");
      settings.forEach(setting -> builder.setting(setting.replace("PORT", "" + port)));
      server = builder.build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command as one line, and returns the first line of the answer. */
  String command(String line) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole answer to a command that is answered with one long text. */
  String commandInFull(String line) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    stop();
  }
}
