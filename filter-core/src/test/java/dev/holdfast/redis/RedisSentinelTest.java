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
import dev.holdfast.testing.redis.RedisProcess;
import dev.holdfast.testing.redis.RedisWithSentinels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C76 to C79 under sentinels, with the distribution's servers. */
@Tag("whole")
class RedisSentinelTest {
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

  @Test
  void whenThePrimaryDiesNoProofIsTakenTwiceAndServiceComesBack_C77() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("dev.holdfast.redis");
    Filter before = logger.getFilter();
    logger.setFilter(
        line -> {
          lines.add(line.getMessage());
          return false;
        });
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder);
        RedisReplayGuard guard = guard(redis.uri());
        RedisReplayGuard otherNode = guard(redis.uri());
        RightfulTraffic traffic = new RightfulTraffic(guard, number -> true)) {
      assertThat(within60Seconds(() -> traffic.isServed(100))).isTrue();
      assertThat(otherNode.spend(proof(1), young())).isEqualTo(FIRST);
      assertThat(guard.spend(proof(1), young())).isEqualTo(SPENT);
      traffic.countsAnew();
      redis.primary().kill();
      assertThat(within60Seconds(() -> traffic.refused() > 0)).isTrue();
      assertThat(within60Seconds(() -> traffic.isServed(100))).isTrue();

      List<Request> spent =
          traffic.requests().stream().filter(request -> request.outcome() == FIRST).toList();
      for (RedisReplayGuard node : List.of(otherNode, guard)) {
        for (Request request : spent) {
          assertThat(node.spend(proof(request.number()), request.end())).isNotEqualTo(FIRST);
        }
      }
      assertThat(traffic.refusedFor()).as("%s", traffic).isLessThan(Duration.ofSeconds(25));
      assertThat(lines.stream().filter(line -> line.contains("cannot be asked")))
          .as("said once by each node: %s", lines)
          .hasSizeBetween(1, 2);
    } finally {
      logger.setFilter(before);
    }
  }

  @Test
  void aPlannedFailoverIsFollowed_C78() throws Exception {
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder);
        RedisReplayGuard guard = guard(redis.uri());
        RightfulTraffic traffic = new RightfulTraffic(guard, number -> true)) {
      assertThat(within60Seconds(() -> traffic.isServed(100))).isTrue();
      traffic.countsAnew();
      RedisProcess old = redis.primary();
      redis.failOver();
      assertThat(within60Seconds(() -> traffic.refused() > 0)).isTrue();
      assertThat(within60Seconds(() -> traffic.isServed(100))).isTrue();
      for (Request request : traffic.requests()) {
        assertThat(guard.spend(proof(request.number()), request.end())).isNotEqualTo(FIRST);
      }
      assertThat(traffic.refusedFor()).as("%s", traffic).isLessThan(Duration.ofSeconds(25));
      assertThat(old.isAlive()).isTrue();
      assertThat(guard.statistics().connected()).isTrue();
    }
  }

  @Test
  void aPrimaryThatMostSentinelsDoNotNameTakesNoProofs() throws Exception {
    try (RedisWithSentinels redis = RedisWithSentinels.started(folder);
        RedisReplayGuard guard = guard(redis.uri())) {
      assertThat(within60Seconds(() -> guard.spend(proof(1), young()) != UNAVAILABLE)).isTrue();
      redis.sentinels().get(0).kill();
      assertThat(guard.spend(proof(2), young())).as("two of three").isEqualTo(FIRST);
      redis.sentinels().get(1).kill();
      assertThat(within60Seconds(() -> guard.spend(proof(3), young()) == UNAVAILABLE))
          .as("one of three may be cut off from the others")
          .isTrue();
      redis.sentinels().get(1).start();
      assertThat(within60Seconds(() -> guard.spend(proof(4), young()) == FIRST)).isTrue();
    }
  }

  @Test
  void aNameThatTheSentinelsDoNotKnowAndAnEvictingPrimaryAreToldAtTheStart_C76() throws Exception {
    try (RedisWithSentinels redis =
            RedisWithSentinels.started(folder, "maxmemory 50mb", "maxmemory-policy volatile-lru");
        RedisReplayGuard guard = guard(redis.uri());
        RedisReplayGuard unknown = guard(redis.uri().replaceFirst("#.*", "#another"))) {
      assertThat(guard.unfit(PATIENT)).contains("volatile-lru");
      assertThat(guard.spend(proof(1), young())).isEqualTo(UNAVAILABLE);
      assertThat(unknown.unfit(PATIENT)).contains("the sentinels know no primary");
      assertThat(unknown.spend(proof(1), young())).isEqualTo(UNAVAILABLE);
    }
  }
}
