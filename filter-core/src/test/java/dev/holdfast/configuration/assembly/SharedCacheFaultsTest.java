package dev.holdfast.configuration.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.Verification;
import dev.holdfast.testing.TestIssuer;
import dev.holdfast.testing.ThrowAwayPki;
import dev.holdfast.testing.redis.RedisProcess;
import dev.holdfast.testing.redis.RedisWithSentinels;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What callers see while Redis is slow, gone, full or failed over: docs/shared-cache.md says it.
 */
@Tag("whole")
class SharedCacheFaultsTest {
  private static final int TOKENS = 40;

  @TempDir Path folder;

  private TestIssuer issuer;
  private Path trusted;

  @BeforeEach
  void start() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
    ThrowAwayPki pki = ThrowAwayPki.create();
    issuer = TestIssuer.start(pki);
    trusted = pki.writeTrustedCertificates(folder.resolve("trusted.pem"));
  }

  @AfterEach
  void stop() {
    if (issuer != null) {
      issuer.close();
    }
  }

  /** What three nodes made of tokens that each of them gets once, one after the other. */
  private record Seen(double callsOfToken, long medianMicros, long mostMillis) {}

  private Seen traffic(List<SharedNode> nodes, Runnable fault) throws Exception {
    return traffic(TOKENS, nodes, fault);
  }

  /** The fault comes after a quarter of the tokens. Whatever a caller sees but success fails. */
  private Seen traffic(int tokens, List<SharedNode> nodes, Runnable fault) throws Exception {
    int before = issuer.introspections();
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < tokens; i++) {
      if (i == tokens / 4) {
        fault.run();
        micros.clear();
        before = issuer.introspections();
      }
      String token =
          issuer.opaque(
              Map.of("active", true, "exp", Instant.now().plusSeconds(600).getEpochSecond()));
      for (SharedNode node : nodes) {
        long begun = System.nanoTime();
        assertThat(node.verify(token)).isInstanceOf(Verification.Valid.class);
        micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    Collections.sort(micros);
    int counted = tokens - tokens / 4;
    return new Seen(
        (double) (issuer.introspections() - before) / counted,
        micros.get(micros.size() / 2),
        micros.get(micros.size() - 1) / 1000);
  }

  private List<SharedNode> nodes(String uri) {
    List<SharedNode> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(SharedNode.of(issuer, trusted, "tokens.cache.redis-uri", uri));
    }
    return nodes;
  }

  private static void print(String fault, Seen seen) {
    System.out.printf(
        "%-30s %.2f calls for a token, median %d us, most %d ms%n",
        fault, seen.callsOfToken(), seen.medianMicros(), seen.mostMillis());
  }

  private Seen with(String name, String uri, Runnable fault) throws Exception {
    List<SharedNode> nodes = nodes(uri);
    try {
      Seen seen = traffic(nodes, fault);
      print(name, seen);
      return seen;
    } finally {
      nodes.forEach(SharedNode::close);
    }
  }

  private static String uri(int port) {
    return "redis://127.0.0.1:" + port;
  }

  @Test
  void gone() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("redis"))) {
      assertThat(with("at work", uri(redis.port()), () -> {}).callsOfToken()).isLessThan(1.5);
      Seen seen = with("gone", uri(redis.port()), redis::kill);
      assertThat(seen.callsOfToken()).isBetween(2.9, 3.0);
    }
  }

  @Test
  void full() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("redis"))) {
      Seen seen =
          with("full", uri(redis.port()), () -> redis.command("CONFIG", "SET", "maxmemory", "1"));
      assertThat(seen.callsOfToken()).isBetween(2.0, 3.0);
    }
  }

  @Test
  void silent() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("redis"))) {
      Seen seen =
          with(
              "does not answer",
              uri(redis.port()),
              () -> redis.command("CLIENT", "PAUSE", "60000", "ALL"));
      assertThat(seen.callsOfToken()).isBetween(2.9, 3.0);
    }
  }

  @Test
  void slow() throws Exception {
    try (RedisProcess redis = RedisProcess.started(folder.resolve("redis"));
        Relay relay = new Relay(redis.port())) {
      Seen slow = with("50 ms for each answer", uri(relay.port()), () -> relay.millis = 50);
      assertThat(slow.callsOfToken()).isLessThan(1.5);
      relay.millis = 0;
      Seen tooSlow = with("400 ms for each answer", uri(relay.port()), () -> relay.millis = 400);
      assertThat(tooSlow.callsOfToken()).isBetween(2.5, 3.0);
    }
  }

  @Test
  void failedOver() throws Exception {
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder)) {
      List<SharedNode> nodes = nodes(redis.uri());
      try {
        print("primary killed", traffic(300, nodes, () -> redis.primary().kill()));
        Seen after = traffic(TOKENS, nodes, () -> {});
        print("after the failover", after);
        assertThat(after.callsOfToken()).isLessThan(1.5);
      } finally {
        nodes.forEach(SharedNode::close);
      }
    }
  }

  /** Leads to Redis, and holds back each answer for so long. */
  private static final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private volatile int millis;

    Relay(int target) throws IOException {
      this.target = target;
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      thread(this::accept);
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = server.accept();
          Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
          redis.setTcpNoDelay(true);
          client.setTcpNoDelay(true);
          thread(() -> copy(client, redis, false));
          thread(() -> copy(redis, client, true));
        }
      } catch (IOException closed) {
        // the end
      }
    }

    private void copy(Socket from, Socket to, boolean slowly) {
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] bytes = new byte[16_384];
        for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
          if (slowly && millis > 0) {
            LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
          }
          out.write(bytes, 0, read);
        }
      } catch (IOException ended) {
        // the end
      }
    }

    private static void thread(Runnable work) {
      Thread thread = new Thread(work, "relay");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
