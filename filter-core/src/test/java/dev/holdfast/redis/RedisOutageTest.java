package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.connected;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.spend;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("whole")
class RedisOutageTest {

  @Test
  void whileRedisIsGoneNothingPassesAndAfterwardsItWorksAgain_T53() throws InterruptedException {
    LocalRedis redis = LocalRedis.started();
    try (RedisReplayGuard guard = connected(redis.address())) {
      assertThat(spend(guard, 1)).isEqualTo(FIRST);
      redis.stop();
      assertThat(within60Seconds(() -> !guard.statistics().connected())).isTrue();
      for (int i = 0; i < 100; i++) {
        assertThat(spend(guard, i)).isEqualTo(UNAVAILABLE);
      }
      redis.start();
      AtomicInteger number = new AtomicInteger(1000);
      assertThat(within60Seconds(() -> spend(guard, number.incrementAndGet()) == FIRST)).isTrue();
      assertThat(spend(guard, number.get())).isEqualTo(SPENT);
    } finally {
      redis.stop();
    }
  }

  @Test
  void aGuardMayStartBeforeRedis() throws InterruptedException {
    LocalRedis redis = LocalRedis.started();
    redis.stop();
    try (RedisReplayGuard guard =
        RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP).connect()) {
      assertThat(spend(guard, 1)).isEqualTo(UNAVAILABLE);
      redis.start();
      assertThat(within60Seconds(() -> spend(guard, 2) == FIRST)).isTrue();
    } finally {
      redis.stop();
    }
  }

  @Test
  void aRedisThatForgotAcceptsNoProofFromBefore() throws InterruptedException {
    Duration skew = Duration.ofSeconds(10);
    Instant until = Instant.now().plusSeconds(70);
    LocalRedis redis = LocalRedis.started();
    try (RedisReplayGuard guard =
        RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
            .deadline(Duration.ofSeconds(10))
            .proofWindow(Duration.ofSeconds(60).plus(skew).plus(skew))
            .connect()) {
      Instant later = Instant.now().plusSeconds(3600);
      assertThat(guard.spend(proof(1), later)).isEqualTo(FIRST);
      redis.stop();
      assertThat(within60Seconds(() -> !guard.statistics().connected())).isTrue();
      redis.start();
      assertThat(within60Seconds(() -> guard.spend(proof(2), later) == FIRST)).isTrue();
      assertThat(guard.spend(proof(3), until)).as("perhaps forgotten").isEqualTo(UNAVAILABLE);
      assertThat(redis.command("EXISTS holdfast:dpop:" + proof(3).toBase64Url())).isEqualTo(":0");
    } finally {
      redis.stop();
    }
  }

  @Test
  void aSlowRedisCostsTheDeadlineAndNoMore() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.started();
        RedisReplayGuard guard =
            RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                .deadline(Duration.ofMillis(200))
                .connect()) {
      assertThat(within60Seconds(() -> spend(guard, 1) != UNAVAILABLE)).isTrue();
      redis.command("CLIENT PAUSE 20000");
      long start = System.nanoTime();
      assertThat(spend(guard, 2)).isEqualTo(UNAVAILABLE);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
    }
  }

  @Test
  void aLateAnswerIsNotTakenForTheNextOne() throws InterruptedException {
    AtomicInteger sets = new AtomicInteger();
    ScriptedRedis.Script script =
        connection ->
            sets.incrementAndGet() == 1
                ? "" // too late: it comes with the next one, if that comes on this connection
                : connection == 1 ? "+OK\r\n$-1\r\n" : "$-1\r\n";
    try (ScriptedRedis redis = ScriptedRedis.start(script);
        RedisReplayGuard guard =
            connected(
                RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                    .deadline(Duration.ofSeconds(2)))) {
      assertThat(spend(guard, 1)).isEqualTo(UNAVAILABLE);
      assertThat(spend(guard, 2)).isNotEqualTo(FIRST);
      assertThat(within60Seconds(() -> spend(guard, 3) == SPENT)).isTrue();
      assertThat(guard.statistics().first()).isZero();
    }
  }

  @Test
  void aSilentConnectionIsReplaced() throws InterruptedException {
    AtomicInteger sets = new AtomicInteger();
    try (ScriptedRedis redis =
            ScriptedRedis.start(connection -> sets.incrementAndGet() == 1 ? "" : "+OK\r\n");
        RedisReplayGuard guard =
            connected(
                RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                    .deadline(Duration.ofSeconds(1)))) {
      assertThat(spend(guard, 1)).isEqualTo(UNAVAILABLE);
      assertThat(within60Seconds(() -> spend(guard, 2) == FIRST)).isTrue();
      assertThat(redis.connections()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-ERR no\r\n",
        "-MOVED 1 127.0.0.1:1\r\n",
        "-READONLY replica\r\n",
        "+QUEUED\r\n",
        "+ok\r\n",
        ":1\r\n",
        "$0\r\n\r\n",
        "$1\r\n1\r\n",
        "*1\r\n+OK\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "\u0000\u0000\u0000\r\n",
        "%1\r\n+OK\r\n+OK\r\n"
      })
  void anAnswerThatIsNoneAcceptsNothing(String answer) throws InterruptedException {
    try (ScriptedRedis redis = ScriptedRedis.start(connection -> answer);
        RedisReplayGuard guard =
            connected(
                RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                    .deadline(Duration.ofSeconds(1)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(spend(guard, i)).isEqualTo(UNAVAILABLE);
      }
    }
  }
}
