package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.WINDOW;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.redis.address.RedisAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C76: a real Redis that drops records when it is full, or comes to do so. */
@Tag("whole")
class RedisEvictionTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private static RedisReplayGuard guard(LocalRedis redis) {
    return RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
        .deadline(PATIENT)
        .proofWindow(WINDOW)
        .connect();
  }

  /** The end of a proof that is younger than anything that may be forgotten. */
  private static Instant young() {
    return Instant.now().plusSeconds(3600);
  }

  /** The end of a proof that can have been made a moment ago. */
  private static Instant old() {
    return Instant.now().plus(WINDOW).minusSeconds(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "volatile-lru", "volatile-ttl", "allkeys-random"})
  void aRedisThatDropsRecordsRefusesEveryProof_C76(String policy) {
    try (LocalRedis redis = LocalRedis.started("maxmemory 4mb", "maxmemory-policy " + policy);
        RedisReplayGuard guard = guard(redis)) {
      assertThat(guard.unfit(PATIENT)).contains(policy).contains("noeviction");
      for (int i = 0; i < 100; i++) {
        assertThat(guard.spend(proof(i), young())).isEqualTo(UNAVAILABLE);
      }
      assertThat(guard.statistics().connected()).isFalse();
    }
  }

  @Test
  void aFullRedisWithoutEvictionRefusesNewProofsAndForgetsNone_C76() {
    try (LocalRedis redis = LocalRedis.started("maxmemory-policy noeviction");
        RedisReplayGuard guard = guard(redis)) {
      Instant end = young();
      assertThat(guard.spend(proof(1), end)).isEqualTo(FIRST);
      redis.command("CONFIG SET maxmemory 1");
      assertThat(guard.spend(proof(2), end)).isEqualTo(UNAVAILABLE);
      assertThat(guard.spend(proof(1), end)).isNotEqualTo(FIRST);
    }
  }

  @Test
  void aPolicyThatIsChangedLaterIsSeen_C76() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.started("maxmemory 100mb", "maxmemory-policy noeviction");
        RedisReplayGuard guard = guard(redis)) {
      assertThat(guard.spend(proof(1), young())).isEqualTo(FIRST);
      redis.command("CONFIG SET maxmemory-policy allkeys-lru");
      assertThat(within60Seconds(() -> guard.spend(proof(2), young()) == UNAVAILABLE)).isTrue();
      redis.command("CONFIG SET maxmemory-policy noeviction");
      assertThat(within60Seconds(() -> guard.spend(proof(1), young()) == SPENT)).isTrue();
    }
  }

  @Test
  void afterAnEvictionProofsFromBeforeAreRefused_C76() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.started("maxmemory 100mb", "maxmemory-policy noeviction");
        RedisReplayGuard guard = guard(redis)) {
      assertThat(guard.spend(proof(1), young())).isEqualTo(FIRST);
      assertThat(within60Seconds(() -> guard.spend(proof(2), old()) == FIRST))
          .as("the time before its start is over")
          .isTrue();
      redis.command("CONFIG SET maxmemory-policy allkeys-lru");
      redis.command("CONFIG SET maxmemory 1");
      redis.command("SET one more"); // evicts what it can
      redis.command("CONFIG SET maxmemory 100mb");
      redis.command("CONFIG SET maxmemory-policy noeviction");
      assertThat(redis.command("EXISTS holdfast:dpop:" + proof(1).toBase64Url())).isEqualTo(":0");
      Instant old = old();
      assertThat(within60Seconds(() -> guard.spend(proof(4), young()) == FIRST))
          .as("it is fit again")
          .isTrue();
      assertThat(within60Seconds(() -> guard.spend(proof(1), old) == UNAVAILABLE)).isTrue();
      assertThat(guard.spend(proof(3), young())).as("a proof from afterwards").isEqualTo(FIRST);
    }
  }

  @Test
  void aUserWhoMayNotCallInfoGetsNothing_C76() {
    try (LocalRedis redis =
            LocalRedis.started("user default off", "user api on >s3cret ~* +@all -info");
        RedisReplayGuard guard =
            RedisReplayGuard.at(
                    RedisAddress.of("redis://api:s3cret@127.0.0.1:" + redis.port()),
                    ConfirmationMethod.DPOP)
                .deadline(PATIENT)
                .connect()) {
      assertThat(guard.spend(proof(1), young())).isEqualTo(UNAVAILABLE);
      assertThat(guard.unfit(PATIENT)).contains("NOPERM").contains("allow INFO");
    }
  }
}
