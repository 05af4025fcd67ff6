package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.redis.RightfulTraffic.Request;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.testing.redis.RedisCluster;
import dev.holdfast.testing.redis.RedisProcess;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C76 to C79 in a cluster, with the distribution's servers. */
@Tag("whole")
class RedisClusterTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  @TempDir Path folder;

  @BeforeEach
  void needsRedis() {
    assumeTrue(RedisProcess.isInstalled(), "apt-get install redis-server");
  }

  private static RedisReplayGuard guard(String uri) {
    return RedisReplayGuard.at(RedisAddress.of(uri), ConfirmationMethod.DPOP)
        .proofWindow(RightfulTraffic.WINDOW)
        .connect();
  }

  private static Instant young() {
    return Instant.now().plusSeconds(3600);
  }

  private static String key(long number) {
    return "holdfast:dpop:" + proof(number).toBase64Url();
  }

  /** As the cluster was made, its first node has the first third of the slots. */
  private static boolean isOfFirst(long number) {
    return SlotHash.getSlot(key(number)) <= 5460;
  }

  @Test
  void oneHostThatIsANodeIsServedAsACluster_C79() throws Exception {
    try (RedisCluster cluster = RedisCluster.started(folder);
        RedisReplayGuard guard = guard(cluster.uri(1));
        RedisReplayGuard otherNode = guard(cluster.uri(6))) {
      assertThat(guard.unfit(PATIENT)).isNull();
      assertThat(otherNode.unfit(PATIENT)).isNull();
      for (int i = 0; i < 100; i++) {
        assertThat(guard.spend(proof(i), young())).as("no flips").isEqualTo(FIRST);
        assertThat(otherNode.spend(proof(i), young())).isEqualTo(SPENT);
      }
      assertThat(guard.statistics().connected()).isTrue();

      RedisProcess evicts = cluster.primaryOf(key(1));
      evicts.command("CONFIG", "SET", "maxmemory", "50mb");
      evicts.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
      assertThat(within60Seconds(() -> guard.spend(proof(1), young()) == UNAVAILABLE))
          .as("C76, for the slots of that node")
          .isTrue();
      assertThat(guard.statistics().connected()).isFalse();
      try (RedisReplayGuard later = guard(cluster.uri(2))) {
        assertThat(later.unfit(PATIENT)).contains("allkeys-lru").contains("" + evicts.port());
      }
    }
  }

  @Test
  void whenOnePrimaryDiesItsSlotsAreJudgedAnewAndTheOthersNoticeNothing_C77() throws Exception {
    try (RedisCluster cluster = RedisCluster.started(folder);
        RedisReplayGuard guard = guard(cluster.uri(2));
        RightfulTraffic hit = new RightfulTraffic(guard, RedisClusterTest::isOfFirst);
        RightfulTraffic others = new RightfulTraffic(guard, number -> !isOfFirst(number))) {
      assertThat(within60Seconds(() -> hit.isServed(100) && others.isServed(100))).isTrue();
      hit.countsAnew();
      others.countsAnew();
      cluster.nodes().get(0).kill();
      assertThat(within60Seconds(() -> hit.refused() > 0)).isTrue();
      assertThat(within60Seconds(() -> hit.isServed(100))).isTrue();
      judge(guard, hit);
      assertThat(hit.refusedFor()).as("%s", hit).isLessThan(Duration.ofSeconds(25));
      assertThat(others.refused()).as("%s", others).isZero();
      assertThat(within60Seconds(() -> guard.statistics().connected())).isTrue();
    }
  }

  @Test
  void aPlannedFailoverIsFollowed_C78() throws Exception {
    try (RedisCluster cluster = RedisCluster.started(folder);
        RedisReplayGuard guard = guard(cluster.uri(2));
        RightfulTraffic hit = new RightfulTraffic(guard, RedisClusterTest::isOfFirst);
        RightfulTraffic others = new RightfulTraffic(guard, number -> !isOfFirst(number))) {
      assertThat(within60Seconds(() -> hit.isServed(100) && others.isServed(100))).isTrue();
      hit.countsAnew();
      others.countsAnew();
      cluster.replicaOf(cluster.nodes().get(0)).command("CLUSTER", "FAILOVER");
      assertThat(within60Seconds(() -> hit.refused() > 0)).isTrue();
      assertThat(within60Seconds(() -> hit.isServed(100))).isTrue();
      judge(guard, hit);
      assertThat(hit.refusedFor()).as("%s", hit).isLessThan(Duration.ofSeconds(25));
      assertThat(others.refused()).as("%s", others).isZero();
    }
  }

  private static void judge(RedisReplayGuard guard, RightfulTraffic traffic) {
    List<Request> spent =
        traffic.requests().stream().filter(request -> request.outcome() == FIRST).toList();
    for (Request request : spent) {
      assertThat(guard.spend(proof(request.number()), request.end())).isNotEqualTo(FIRST);
    }
  }

  @Test
  void severalHostsThatAreNoClusterAreRefusedByName_C79() {
    try (RedisProcess one = RedisProcess.started(folder.resolve("one"));
        RedisProcess two = RedisProcess.started(folder.resolve("two"));
        RedisReplayGuard guard =
            guard("redis://127.0.0.1:" + one.port() + ",127.0.0.1:" + two.port())) {
      assertThat(guard.unfit(PATIENT)).contains("they are no cluster");
      assertThat(guard.spend(proof(1), young())).isEqualTo(UNAVAILABLE);
    }
  }
}
