package dev.holdfast.fleet;

import dev.holdfast.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Three API processes that share a Redis, and a client of them. */
final class Fleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Node> nodes = new ArrayList<>();

  /** A process, which keeps its port when it is started again. */
  final class Node {
    private final int port;
    private final Path folder;
    private Process process;

    private Node(int port, Path folder, Map<String, String> settings) {
      this.port = port;
      this.folder = folder;
      Properties all = new Properties();
      all.putAll(settings);
      try {
        Files.createDirectories(folder);
        try (Writer file = Files.newBufferedWriter(folder.resolve("settings"))) {
          all.store(file, null);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void start() {
      try {
        process =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    FleetNode.class.getName(),
                    String.valueOf(port),
                    folder.resolve("settings").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                    ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()))
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void awaitStart() throws InterruptedException, IOException {
      if (!Await.within(PATIENCE, () -> statusOrNone("/jwt/me", "none") == 401)) {
        throw new IllegalStateException(Files.readString(folder.resolve("output.log")));
      }
    }

    /** At once, as when the machine is switched off. */
    void kill() {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
    }

    private int statusOrNone(String path, String token) {
      try {
        return get(path, token);
      } catch (UncheckedIOException notThereYet) {
        return 0;
      }
    }

    int get(String path, String token) {
      return send(
          HttpRequest.newBuilder(uri(path))
              .header("Authorization", "Bearer " + token)
              .timeout(Duration.ofSeconds(20))
              .build());
    }

    /** Pushes a security event. */
    int push(String event) {
      return send(
          HttpRequest.newBuilder(uri("/jwt/events"))
              .header("Content-Type", "application/secevent+jwt")
              .timeout(Duration.ofSeconds(20))
              .POST(BodyPublishers.ofString(event))
              .build());
    }

    URI uri(String path) {
      return URI.create("http://localhost:" + port + path);
    }

    private int send(HttpRequest request) {
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        return response.statusCode();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Three that are started. */
  static Fleet started(Path folder, Map<String, String> settings)
      throws InterruptedException, IOException {
    return started(folder, settings, freePort());
  }

  /** The same, the first of them on this port. */
  static Fleet started(Path folder, Map<String, String> settings, int firstPort)
      throws InterruptedException, IOException {
    Fleet fleet = new Fleet();
    try {
      for (int i = 0; i < 3; i++) {
        Node node =
            fleet.new Node(i == 0 ? firstPort : freePort(), folder.resolve("node-" + i), settings);
        fleet.nodes.add(node);
        node.start();
      }
      for (Node node : fleet.nodes) {
        node.awaitStart();
      }
      return fleet;
    } catch (RuntimeException | IOException | InterruptedException failed) {
      fleet.close();
      throw failed;
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  Node node(int number) {
    return nodes.get(number % nodes.size());
  }

  /** A JWT, and a token that its issuer is asked about. */
  record Tokens(String jwt, String opaque) {}

  /** Whether each node answers both of them with this status. */
  boolean allAnswer(int status, Tokens tokens) {
    return nodes.stream()
        .allMatch(
            node ->
                node.get("/jwt/me", tokens.jwt()) == status
                    && node.get("/opaque/me", tokens.opaque()) == status);
  }

  /** How long it takes from before that call until each node refuses both, in milliseconds. */
  double untilRefused(Tokens tokens, Runnable revoking) throws InterruptedException {
    long begun = System.nanoTime();
    revoking.run();
    if (!Await.within(PATIENCE, () -> allAnswer(401, tokens))) {
      throw new AssertionError("a token is not refused");
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  /** The highest but for one of a hundred, and the middle, in the log; the former is returned. */
  static double percentile99(String what, double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    double p99 = sorted[(int) Math.ceil(sorted.length * 0.99) - 1];
    System.out.printf(
        "%s: p50=%.1f ms p99=%.1f ms of %d%n", what, sorted[sorted.length / 2], p99, sorted.length);
    return p99;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (Node node : nodes) {
      node.kill();
    }
  }
}
