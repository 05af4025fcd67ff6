package dev.holdfast.testing.redis;

import dev.holdfast.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three primaries that share the slots, each with a replica. */
public final class RedisCluster implements AutoCloseable {
  /** After so long without an answer, the others take a node for dead. */
  public static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<RedisProcess> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** All six, when each knows all slots. */
  public static RedisCluster started(Path folder, String... settings) throws InterruptedException {
    RedisCluster cluster = new RedisCluster();
    try {
      cluster.start(folder, settings);
      return cluster;
    } catch (RuntimeException | Error | InterruptedException failed) {
      cluster.close();
      throw failed;
    }
  }

  private void start(Path folder, String... settings) throws InterruptedException {
    List<String> create = new ArrayList<>(List.of("--cluster", "create"));
    for (int i = 0; i < 6; i++) {
      List<String> lines = new ArrayList<>(List.of(settings));
      lines.add("cluster-enabled yes");
      lines.add("cluster-port " + RedisProcess.freePort());
      lines.add("cluster-node-timeout " + NODE_TIMEOUT.toMillis());
      lines.add("cluster-require-full-coverage no");
      RedisProcess node =
          RedisProcess.started(folder.resolve("node-" + i), lines.toArray(String[]::new));
      nodes.add(node);
      create.add("127.0.0.1:" + node.port());
    }
    create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
    String said = nodes.get(0).command(create.toArray(String[]::new));
    awaitWhole(said);
  }

  /** Until each node that runs knows all slots, and each primary has its replica. */
  public void awaitWhole(String said) throws InterruptedException {
    boolean whole =
        Await.within(
            PATIENCE,
            () ->
                nodes.stream()
                    .filter(RedisProcess::isAlive)
                    .allMatch(
                        node ->
                            node.command("CLUSTER", "INFO").contains("cluster_slots_ok:16384")
                                && (node.info("role").equals("master")
                                    ? !node.info("connected_slaves").equals("0")
                                    : node.info("master_link_status").equals("up"))));
    if (!whole) {
      throw new IllegalStateException(said + nodes.get(0).command("CLUSTER", "NODES"));
    }
  }

  /** All of them. */
  public List<RedisProcess> nodes() {
    return List.copyOf(nodes);
  }

  /** The primary that has the slot of this key. */
  public RedisProcess primaryOf(String key) {
    int slot = Integer.parseInt(alive().command("CLUSTER", "KEYSLOT", key));
    for (String line : alive().command("CLUSTER", "NODES").lines().toList()) {
      String[] words = line.strip().split(" ", -1);
      if (words[2].contains("master") && !words[2].contains("fail") && has(words, slot)) {
        return at(words[1]);
      }
    }
    throw new IllegalStateException("nobody has slot " + slot);
  }

  /** A replica of this primary. */
  public RedisProcess replicaOf(RedisProcess primary) {
    String id = primary.command("CLUSTER", "MYID");
    return alive()
        .command("CLUSTER", "NODES")
        .lines()
        .map(line -> line.strip().split(" ", -1))
        .filter(words -> words[3].equals(id) && !words[2].contains("fail"))
        .map(words -> at(words[1]))
        .findFirst()
        .orElseThrow();
  }

  private static boolean has(String[] words, int slot) {
    for (int i = 8; i < words.length; i++) {
      String[] range = words[i].split("-", -1);
      if (!words[i].startsWith("[")
          && Integer.parseInt(range[0]) <= slot
          && slot <= Integer.parseInt(range[range.length - 1])) {
        return true;
      }
    }
    return false;
  }

  private RedisProcess alive() {
    return nodes.stream().filter(RedisProcess::isAlive).findFirst().orElseThrow();
  }

  private RedisProcess at(String address) {
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1, address.indexOf('@')));
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }

  /** What an application writes: so many of the nodes. */
  public String uri(int hosts) {
    return nodes.stream()
        .limit(hosts)
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis://", ""));
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
