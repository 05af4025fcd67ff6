package dev.holdfast.redis;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.Sha256Digest;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.testing.Await;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Proofs by number, and conditions that are waited for. */
final class GuardFixture {
  /** Lifetime and skew of the defaults. */
  static final Duration WINDOW = Duration.ofSeconds(70);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private GuardFixture() {}

  static Sha256Digest proof(long number) {
    return Sha256Digest.of(ByteBuffer.allocate(8).putLong(number).array());
  }

  static Outcome spend(RedisReplayGuard guard, long number) {
    return guard.spend(proof(number), Instant.now().plus(WINDOW));
  }

  /** Whether it holds in that time. */
  static boolean within60Seconds(BooleanSupplier condition) throws InterruptedException {
    return Await.within(PATIENCE, condition);
  }

  /** A guard that is connected, with so much time that a slow machine does not matter. */
  static RedisReplayGuard connected(RedisAddress address) throws InterruptedException {
    return connected(
        RedisReplayGuard.at(address, ConfirmationMethod.DPOP).deadline(Duration.ofSeconds(10)));
  }

  /** Once more when the first try took too long: only a request makes a guard try again. */
  static RedisReplayGuard connected(RedisReplayGuard.Builder builder) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      RedisReplayGuard guard = builder.connect();
      if (Await.within(Duration.ofSeconds(10), () -> guard.statistics().connected())) {
        return guard;
      }
      guard.close();
    }
    throw new IllegalStateException("no connection");
  }
}
