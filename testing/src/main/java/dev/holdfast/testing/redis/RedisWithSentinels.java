package dev.holdfast.testing.redis;

import dev.holdfast.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A primary with two replicas, and three sentinels that agree by two on what has happened. */
public final class RedisWithSentinels implements AutoCloseable {
  /** After so long without an answer, a sentinel takes a server for dead. */
  public static final Duration DOWN_AFTER = Duration.ofSeconds(2);

  /** Under which name the sentinels know the primary. */
  public static final String NAME = "my-primary";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();

  private RedisWithSentinels() {}

  /**
   * All six, when the sentinels know each other and the replicas follow.
   *
   * @param settings of the servers that keep data
   */
  public static RedisWithSentinels started(Path folder, String... settings)
      throws InterruptedException {
    return started(folder, List.of(), settings);
  }

  /** The same with further lines for the sentinels. */
  public static RedisWithSentinels started(
      Path folder, List<String> ofSentinels, String... settings) throws InterruptedException {
    RedisWithSentinels all = new RedisWithSentinels();
    try {
      all.start(folder, ofSentinels, settings);
      return all;
    } catch (RuntimeException | Error | InterruptedException failed) {
      all.close();
      throw failed;
    }
  }

  private void start(Path folder, List<String> ofSentinels, String... settings)
      throws InterruptedException {
    RedisProcess first = RedisProcess.started(folder.resolve("server-0"), settings);
    servers.add(first);
    for (int i = 1; i < 3; i++) {
      List<String> lines = new ArrayList<>(List.of(settings));
      lines.add("replicaof 127.0.0.1 " + first.port());
      servers.add(
          RedisProcess.started(folder.resolve("server-" + i), lines.toArray(String[]::new)));
    }
    for (int i = 0; i < 3; i++) {
      List<String> lines = new ArrayList<>();
      lines.add("sentinel monitor " + NAME + " 127.0.0.1 " + first.port() + " 2");
      lines.add("sentinel down-after-milliseconds " + NAME + " " + DOWN_AFTER.toMillis());
      lines.add("sentinel failover-timeout " + NAME + " 20000");
      ofSentinels.forEach(line -> lines.add(line.replace("NAME", NAME)));
      sentinels.add(
          RedisProcess.sentinel(folder.resolve("sentinel-" + i), lines.toArray(String[]::new)));
    }
    awaitWhole();
  }

  /** Until each sentinel knows the others, and both replicas follow the primary. */
  public void awaitWhole() throws InterruptedException {
    boolean whole =
        Await.within(
            PATIENCE,
            () ->
                primary().info("connected_slaves").equals("2")
                    && sentinels.stream()
                        .filter(RedisProcess::isAlive)
                        .allMatch(
                            sentinel ->
                                sentinel
                                    .command("INFO")
                                    .contains(
                                        "status=ok,address=127.0.0.1:"
                                            + primary().port()
                                            + ",slaves=2,sentinels=3")));
    if (!whole) {
      throw new IllegalStateException(sentinels.get(0).command("INFO"));
    }
  }

  /** The one that says so; of several, the first. */
  public RedisProcess primary() {
    return servers.stream()
        .filter(RedisProcess::isAlive)
        .filter(server -> server.info("role").equals("master"))
        .findFirst()
        .orElseThrow();
  }

  /** All sentinels. */
  public List<RedisProcess> sentinels() {
    return List.copyOf(sentinels);
  }

  /** All servers that keep data. */
  public List<RedisProcess> servers() {
    return List.copyOf(servers);
  }

  /** What an application writes. */
  public String uri() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + NAME));
  }

  /** A failover that somebody asked for. */
  public void failOver() {
    sentinels.get(0).command("SENTINEL", "FAILOVER", NAME);
  }

  @Override
  public void close() {
    Stream.concat(sentinels.stream(), servers.stream()).forEach(RedisProcess::close);
  }
}
