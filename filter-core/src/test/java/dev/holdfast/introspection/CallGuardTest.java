package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.http.HttpAnswer;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T82, T83: how many calls there are, and to whom there are none. */
class CallGuardTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Bulkhead bulkhead = new Bulkhead(2);
  private final CallGuard guard =
      new CallGuard(bulkhead, new CircuitBreaker(2, Duration.ofSeconds(1), clock));
  private final List<CompletableFuture<HttpAnswer>> exchanges = new ArrayList<>();

  private CompletableFuture<HttpAnswer> call() {
    return guard.call(
        () -> {
          exchanges.add(new CompletableFuture<>());
          return exchanges.get(exchanges.size() - 1);
        });
  }

  private void answered(int status) {
    CompletableFuture<HttpAnswer> call = call();
    exchanges.get(exchanges.size() - 1).complete(new HttpAnswer(status, "", new byte[0]));
    assertThat(call).isCompleted();
  }

  @Test
  void oneCallTooManyIsTurnedAwayAtOnce_T82() {
    CompletableFuture<HttpAnswer> first = call();
    assertThat(call()).isNotDone();
    assertThat(unavailable(call())).isEqualTo("too many introspection calls are under way");
    assertThat(exchanges).hasSize(2);
    exchanges.get(0).complete(new HttpAnswer(200, "", new byte[0]));
    assertThat(first).isCompleted();
    assertThat(call()).isNotDone();
  }

  @Test
  void whoIsTurnedAwayForWantOfRoomDoesNotCountAsAFailure_T82() {
    assertThat(call()).isNotDone();
    assertThat(call()).isNotDone();
    for (int i = 0; i < 10; i++) {
      unavailable(call());
    }
    exchanges.forEach(exchange -> exchange.complete(new HttpAnswer(200, "", new byte[0])));
    assertThat(call()).isNotDone();
  }

  @Test
  void anEndpointThatFailsIsLeftAlone_T83() {
    for (int i = 0; i < 2; i++) {
      CompletableFuture<HttpAnswer> call = call();
      exchanges.get(i).completeExceptionally(new IssuerUnavailableException("down", null));
      assertThat(unavailable(call)).isEqualTo("down");
    }
    assertThat(unavailable(call())).contains("left alone");
    assertThat(exchanges).hasSize(2);
    assertThat(bulkhead.inside()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aStatusThatMoreCallsMakeWorseCountsAsAFailure_T83(int status) {
    answered(status);
    answered(status);
    assertThat(unavailable(call())).contains("left alone");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 404, 414})
  void anAnswerToOneOddTokenDoesNot_T83(int status) {
    for (int i = 0; i < 5; i++) {
      answered(status);
    }
  }

  @Test
  void aBugLeavesNothingBehind() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  guard.call(
                      () -> {
                        throw new IllegalStateException("bug");
                      }))
          .hasMessage("bug");
    }
    assertThat(bulkhead.inside()).isZero();
    assertThat(unavailable(call())).contains("left alone");
  }
}
