package dev.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lettuce hands out a connection a moment before it lets commands through. */
class FirstCommandTest {
  private final RedisException notYet = new RedisException("Currently not connected");

  private final LettuceClient client =
      LettuceClient.of(
          RedisAddress.of("redis://127.0.0.1:1"),
          RedisOptions.DEFAULTS.withConnectLimit(Duration.ofMillis(200)));
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void isSentAgainUntilItIsLetThrough() throws Exception {
    assertThat(answer(true, times(3, notYet)).get(10, TimeUnit.SECONDS)).isEqualTo("answer");
    assertThat(asked).hasValue(4);
  }

  @Test
  void anErrorOfRedisIsItsAnswer() {
    assertFails(true, times(1, new RedisCommandExecutionException("NOPERM")), "NOPERM");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aConnectionThatIsClosedIsNotWaitedFor() {
    assertFails(false, times(1, notYet), "Currently not connected");
    assertThat(asked).hasValue(1);
  }

  @Test
  void isGivenUpAfterTheConnectLimit() {
    assertFails(true, times(Integer.MAX_VALUE, notYet), "Currently not connected");
    assertThat(asked.get()).isEqualTo(9);
  }

  private void assertFails(
      boolean open, Supplier<CompletionStage<String>> command, String message) {
    assertThatThrownBy(() -> answer(open, command).get(30, TimeUnit.SECONDS))
        .hasRootCauseMessage(message);
  }

  private CompletableFuture<String> answer(
      boolean open, Supplier<CompletionStage<String>> command) {
    return client.first(connection(open), command);
  }

  private Supplier<CompletionStage<String>> times(int failures, RedisException failure) {
    return () ->
        asked.getAndIncrement() < failures
            ? CompletableFuture.failedFuture(failure)
            : CompletableFuture.completedFuture("answer");
  }

  @SuppressWarnings("unchecked")
  private static StatefulRedisConnection<String, String> connection(boolean open) {
    return (StatefulRedisConnection<String, String>)
        Proxy.newProxyInstance(
            FirstCommandTest.class.getClassLoader(),
            new Class<?>[] {StatefulRedisConnection.class},
            (proxy, method, arguments) -> open);
  }
}
