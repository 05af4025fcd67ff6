package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T82, T83, C80: how many calls there are, to whom there are none, and who decides about that. */
class CallGuardTest {
  private static final Duration REST = Duration.ofSeconds(1);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Semaphore places = new Semaphore(2, true);

  /** What the endpoint says about an unknown token; 0 for nothing. */
  private int health = 200;

  private @Nullable Duration healthsRetryAfter;
  private int probes;
  private final CallGuard guard =
      new CallGuard(
          places,
          Duration.ofMillis(1),
          new CircuitBreaker(2, REST, clock),
          new Probe(
              token -> {
                probes++;
                return health == 0
                    ? down()
                    : CompletableFuture.completedFuture(answer(health, healthsRetryAfter));
              }),
          new CredentialAlarm(URI.create("https://as.example/introspect"), clock));
  private final List<CompletableFuture<HttpAnswer>> exchanges = new ArrayList<>();

  private static HttpAnswer answer(int status) {
    return answer(status, null);
  }

  private static HttpAnswer answer(int status, @Nullable Duration retryAfter) {
    return new HttpAnswer(status, "", new byte[0], retryAfter);
  }

  private static CompletableFuture<HttpAnswer> down() {
    return CompletableFuture.failedFuture(new IssuerUnavailableException("down", null));
  }

  private CompletableFuture<HttpAnswer> call() {
    return guard.call(
        () -> {
          exchanges.add(new CompletableFuture<>());
          return exchanges.get(exchanges.size() - 1);
        });
  }

  private void answered(int status) {
    answered(status, null);
  }

  private void answered(int status, @Nullable Duration retryAfter) {
    CompletableFuture<HttpAnswer> call = call();
    exchanges.get(exchanges.size() - 1).complete(answer(status, retryAfter));
    assertThat(call.join().status()).isEqualTo(status);
  }

  private void failed() {
    CompletableFuture<HttpAnswer> call = call();
    exchanges
        .get(exchanges.size() - 1)
        .completeExceptionally(new IssuerUnavailableException("reset", null));
    assertThat(unavailable(call)).isEqualTo("reset");
  }

  @Test
  void oneCallTooManyIsTurnedAwayAfterAShortWait_T82() {
    CompletableFuture<HttpAnswer> first = call();
    assertThat(call()).isNotDone();
    assertThat(unavailable(call())).isEqualTo("too many introspection calls are under way");
    assertThat(exchanges).hasSize(2);
    exchanges.get(0).complete(answer(200));
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
    exchanges.forEach(exchange -> exchange.complete(answer(200)));
    assertThat(call()).isNotDone();
    assertThat(probes).isZero();
  }

  @Test
  void anEndpointThatFailsIsLeftAlone_T83() {
    health = 0;
    failed();
    failed();
    assertThat(unavailable(call())).contains("left alone");
    assertThat(exchanges).hasSize(2);
    assertThat(places.availablePermits()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 502, 503})
  void whatOnlyTokensBringAboutLeavesTheEndpointOpenForOthers_C80(int status) {
    for (int i = 0; i < 200; i++) {
      answered(status);
      clock.advance(Duration.ofMillis(25));
    }
    answered(200);
    assertThat(probes).as("one for each two failures at most").isBetween(1, 101);
  }

  @Test
  void tokensThatAreAnsweredByAResetAreTheirSendersAffairToo_C80() {
    for (int i = 0; i < 200; i++) {
      failed();
    }
    answered(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void aStatusThatHoldfastsOwnCallGetsTooCountsAsAFailure_T83(int status) {
    health = status;
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
    assertThat(probes).isZero();
  }

  @Test
  void noStrangersTokenKeepsAnEndpointAwayThatIsBack_C80() {
    health = 0;
    failed();
    failed();
    clock.advance(REST);
    health = 200;
    answered(403); // the first after the rest is a stranger
    answered(200);
  }

  @Test
  void anEndpointThatIsStillSilentIsAskedOnceInARest_T83() {
    health = 0;
    failed();
    failed();
    for (int i = 0; i < 5; i++) {
      clock.advance(REST);
      assertThat(unavailable(call())).contains("left alone");
      assertThat(unavailable(call())).contains("left alone");
    }
    assertThat(probes).isEqualTo(6);
    assertThat(exchanges).hasSize(2);
  }

  @Test
  void anIssuerThatRefusesEveryUnknownTokenIsNotLeftAloneForLong_C80() {
    health = 500;
    answered(500);
    answered(500);
    assertThat(unavailable(call())).contains("left alone");
    clock.advance(REST);
    answered(200); // a rightful one: the issuer works, and only the made-up token fails
    for (int i = 0; i < 50; i++) {
      answered(500);
    }
    answered(200);
  }

  private @Nullable Duration leftAloneFor() {
    Throwable failure = call().handle((answer, refused) -> refused).join();
    IssuerUnavailableException refused = (IssuerUnavailableException) failure.getCause();
    assertThat(refused.getMessage()).contains("has asked to be left alone");
    return refused.retryAfter();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void anEndpointThatAsksForRestHasItAtOnceAndForThatLong(int status) {
    health = status;
    healthsRetryAfter = Duration.ofSeconds(30);
    answered(status, Duration.ofSeconds(30));
    assertThat(leftAloneFor()).isEqualTo(Duration.ofSeconds(30));
    clock.advance(Duration.ofMillis(29_999));
    assertThat(leftAloneFor()).isEqualTo(Duration.ofMillis(1));
    assertThat(probes).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    health = 200;
    answered(200);
    answered(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aTokenThatIsAnsweredByRetryAfterIsItsSendersAffairAlone_C80(int status) {
    for (int i = 0; i < 100; i++) {
      answered(status, Duration.ofSeconds(60));
      answered(200);
      clock.advance(Duration.ofMillis(100));
    }
    assertThat(probes).as("one a second").isBetween(1, 11);
  }

  @Test
  void aStatusThatIsNoRefusalOfThisKindAsksForNothing() {
    health = 500;
    healthsRetryAfter = Duration.ofSeconds(30);
    answered(500, Duration.ofSeconds(30));
    assertThat(probes).isZero();
    answered(500, Duration.ofSeconds(30));
    assertThat(unavailable(call())).contains("failed repeatedly");
    clock.advance(REST);
    health = 200;
    answered(200);
  }

  @Test
  void oneFailureWithoutRetryAfterOfTheProbesIsNoRest() {
    health = 503;
    answered(503, Duration.ofSeconds(30));
    assertThat(probes).isEqualTo(1);
    answered(200);
  }

  @Test
  void anIssuerThatAsksForRestAtEachUnknownTokenIsLeftAloneOnce_C80() {
    health = 429;
    healthsRetryAfter = Duration.ofSeconds(30);
    answered(429, Duration.ofSeconds(30));
    assertThat(leftAloneFor()).isEqualTo(Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(30));
    answered(200); // a rightful one: only unknown tokens get 429 here
    for (int i = 0; i < 50; i++) {
      answered(429, Duration.ofSeconds(30));
      clock.advance(REST);
    }
    answered(200);
  }

  @Test
  void aBugLeavesNothingBehind() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  guard.call(
                      () -> {
                        throw new IllegalStateException("bug");
                      }))
          .hasMessage("bug");
    }
    assertThat(places.availablePermits()).isEqualTo(2);
    answered(200);
  }
}
