package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.WINDOW;
import static dev.holdfast.redis.GuardFixture.connected;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.spend;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a lost connection does to the records that are under way, and to the next ones. */
@Tag("whole")
class RedisReconnectTest {
  /** After a try to connect, the guard makes the next one no sooner. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  @Test
  void whatIsUnderWayWhenTheConnectionBreaksFailsAtOnceAndIsNotSentAgain() throws Exception {
    AtomicInteger sets = new AtomicInteger();
    try (ScriptedRedis redis =
            ScriptedRedis.start(connection -> sets.incrementAndGet() == 1 ? "" : "+OK\r\n");
        RedisReplayGuard guard = connected(redis.address())) {
      CompletableFuture<Outcome> underWay = spendAsync(guard, 1);
      assertThat(within60Seconds(() -> sets.get() == 1)).isTrue();
      long broken = System.nanoTime();
      redis.breaks();
      assertThat(underWay.get(60, TimeUnit.SECONDS)).isEqualTo(UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - broken))
          .as("the deadline is ten seconds")
          .isLessThan(Duration.ofSeconds(5));
      assertThat(within60Seconds(() -> spend(guard, 2) == FIRST)).isTrue();
      assertThat(sets(redis)).containsExactly("SET " + key(1), "SET " + key(2));
    }
  }

  @Test
  void nothingIsSpentOnANewConnectionBeforeItsRedisWasLookedAt() throws Exception {
    try (ScriptedRedis redis = ScriptedRedis.start(connection -> "+OK\r\n");
        RedisReplayGuard guard =
            connected(
                RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                    .deadline(Duration.ofSeconds(1)))) {
      assertThat(within60Seconds(() -> spend(guard, 1) == FIRST)).isTrue();
      int sets = sets(redis).size();
      long looks = looks(redis);
      redis.says("");
      redis.breaks();
      assertThat(within60Seconds(() -> spend(guard, 2) == UNAVAILABLE && looks(redis) > looks))
          .isTrue();
      assertThat(spend(guard, 3)).isEqualTo(UNAVAILABLE);
      assertThat(sets(redis)).hasSize(sets);
    }
  }

  @Test
  void theFirstRequestAfterAnOutageIsServed() throws Exception {
    LocalRedis redis = LocalRedis.started();
    try (RedisReplayGuard guard = connected(redis.address())) {
      assertThat(spend(guard, 1)).isEqualTo(FIRST);
      Instant due = Instant.now().plus(PAUSE);
      redis.stop();
      assertThat(within60Seconds(() -> !guard.statistics().connected())).isTrue();
      redis.start();
      assertThat(within60Seconds(() -> Instant.now().isAfter(due))).isTrue();
      assertThat(spend(guard, 2)).isEqualTo(FIRST);
      assertThat(spend(guard, 2)).isEqualTo(SPENT);
    } finally {
      redis.stop();
    }
  }

  private static CompletableFuture<Outcome> spendAsync(RedisReplayGuard guard, long number) {
    Binding key = new Binding(ConfirmationMethod.DPOP, proof(0));
    return guard.spendAsync(key, proof(number), Instant.now().plus(WINDOW)).toCompletableFuture();
  }

  private static List<String> sets(ScriptedRedis redis) {
    return redis.commands().stream().filter(line -> line.startsWith("SET ")).toList();
  }

  private static long looks(ScriptedRedis redis) {
    return redis.commands().stream().filter(line -> line.equals("INFO")).count();
  }

  private static String key(long number) {
    return "holdfast:dpop:" + proof(number).toBase64Url();
  }
}
