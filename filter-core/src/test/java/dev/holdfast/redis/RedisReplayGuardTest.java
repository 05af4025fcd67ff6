package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.WINDOW;
import static dev.holdfast.redis.GuardFixture.connected;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.spend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two guards, as in two nodes, and one real Redis. */
@Tag("verify")
class RedisReplayGuardTest {
  private static LocalRedis redis;
  private RedisReplayGuard one;
  private RedisReplayGuard other;

  @BeforeAll
  static void startRedis() {
    redis = LocalRedis.started("maxmemory 20mb", "maxmemory-policy noeviction");
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() throws InterruptedException {
    redis.command("FLUSHALL");
    one = connected(redis.address());
    other = connected(redis.address());
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void twoNodesRefuseEachOthersSpentProofs_T51() {
    assertThat(spend(one, 1)).isEqualTo(FIRST);
    assertThat(spend(other, 1)).isEqualTo(SPENT);
    assertThat(spend(one, 1)).isEqualTo(SPENT);
    assertThat(spend(other, 2)).isEqualTo(FIRST);
    assertThat(spend(one, 2)).isEqualTo(SPENT);

    assertThat(one.statistics()).isEqualTo(new RedisReplayGuard.Statistics(1, 2, 0, true));
    assertThat(other.statistics()).isEqualTo(new RedisReplayGuard.Statistics(1, 1, 0, true));
  }

  @Test
  void of64ThreadsOnTwoNodesExactlyOneWins_T51() throws Exception {
    CyclicBarrier start = new CyclicBarrier(64);
    int[] winners =
        Race.winners(
            64,
            30,
            (thread, round) -> {
              start.await();
              return spend(thread % 2 == 0 ? one : other, round) == FIRST;
            });
    assertThat(winners).containsOnly(1);
    assertThat(one.statistics().unavailable() + other.statistics().unavailable()).isZero();
  }

  @Test
  void aRecordIsADigestAndLivesTenSecondsLongerThanItsProof_T54() {
    Instant until = Instant.now().plus(WINDOW);
    assertThat(one.spend(proof(1), until)).isEqualTo(FIRST);

    String key = "holdfast:dpop:" + proof(1).toBase64Url();
    assertThat(redis.command("KEYS *")).endsWith(key);
    long left = Long.parseLong(redis.command("PTTL " + key).substring(1));
    assertThat(left).isBetween(60_000L, 81_000L);
    long ends = until.getEpochSecond() * 1000 + 1000 + 10_000;
    assertThat(System.currentTimeMillis() + left).isBetween(ends - 1000, ends + 1000);
  }

  @Test
  void anotherPrefixIsAnotherGuard() throws InterruptedException {
    try (RedisReplayGuard third =
        connected(RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP).keyPrefix("x:"))) {
      assertThat(spend(one, 1)).isEqualTo(FIRST);
      assertThat(spend(third, 1)).isEqualTo(FIRST);
    }
  }

  @Test
  void onlyProofsThatCountOnceAreSpent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisReplayGuard.at(redis.address(), ConfirmationMethod.CERTIFICATE))
        .withMessageContaining("certificate");
  }

  @Test
  void aFullRedisRefusesAndAcceptsNothing_T53() {
    redis.command("CONFIG SET maxmemory 1");
    try {
      assertThat(spend(one, 1)).isEqualTo(UNAVAILABLE);
      assertThat(spend(other, 1)).isEqualTo(UNAVAILABLE);
    } finally {
      redis.command("CONFIG SET maxmemory 20mb");
    }
    assertThat(spend(one, 1)).isEqualTo(FIRST);
  }

  @Test
  void aClockThatJumpsAnHourEitherWayAcceptsNoReplay() throws InterruptedException {
    Instant now = Instant.now();
    SettableClock clock = new SettableClock(now);
    Instant until = now.plus(WINDOW);
    try (RedisReplayGuard guard =
        connected(RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP).clock(clock))) {
      assertThat(guard.spend(proof(1), until)).isEqualTo(FIRST);
      clock.advance(Duration.ofHours(1));
      assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
      assertThat(guard.spend(proof(2), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
      clock.advance(Duration.ofHours(-1));
      assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
      clock.advance(Duration.ofHours(-1));
      assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
    }
  }

  @Test
  void afterItsEndEveryProofIsRefused() {
    one.close();
    assertThat(spend(one, 7)).isEqualTo(UNAVAILABLE);
    assertThat(spend(other, 7)).isEqualTo(FIRST);
  }
}
