package dev.holdfast.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.introspection.CircuitBreaker.Pass;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** T83: an endpoint that keeps failing is left alone, and tried by one. */
class CircuitBreakerTest {
  private static final Duration REST = Duration.ofSeconds(1);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final CircuitBreaker breaker = new CircuitBreaker(3, REST, clock);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      Pass pass = breaker.tryPass();
      assertThat(pass).isNotEqualTo(Pass.REFUSED);
      breaker.failed(pass);
    }
  }

  @Test
  void itOpensAfterSoManyFailuresInARowAndNotBefore() {
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
    fail(1);
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAgain() {
    fail(2);
    breaker.succeeded(breaker.tryPass());
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void afterTheRestExactlyOneProbeIsLetThrough() {
    fail(3);
    clock.advance(REST.minusNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(Duration.ofNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(Duration.ofHours(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
  }

  @Test
  void theProbesSuccessClosesIt() {
    fail(3);
    clock.advance(REST);
    breaker.succeeded(breaker.tryPass());
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void theProbesFailureOpensItForAnotherRest() {
    fail(3);
    clock.advance(REST);
    fail(1);
    clock.advance(REST.minusNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(Duration.ofNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
  }

  @Test
  void whatBeganBeforeItOpenedNeitherClosesNorProlongsIt() {
    fail(3);
    breaker.succeeded(Pass.ORDINARY);
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(REST);
    breaker.failed(Pass.ORDINARY);
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
    breaker.failed(Pass.ORDINARY);
    breaker.succeeded(Pass.ORDINARY);
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
  }

  @Test
  void aClockThatJumpsBackDoesNotKeepItOpen() {
    fail(3);
    clock.advance(Duration.ofHours(-1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
  }
}
