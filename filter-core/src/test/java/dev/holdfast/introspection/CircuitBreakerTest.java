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

  /** So many failures in a row, and a look that finds the endpoint failing where one is due. */
  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
      if (breaker.failed(false)) {
        breaker.probed(false);
      }
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
  void failuresAloneDoNotOpenIt_C80() {
    for (int i = 0; i < 2; i++) {
      assertThat(breaker.failed(false)).isFalse();
    }
    assertThat(breaker.failed(false)).as("one looks").isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(breaker.failed(false)).as("and no other one meanwhile").isFalse();
      assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
    }
    breaker.probed(true);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void anAnswerThatComesWhileOneLooksCountsMore_C80() {
    breaker.failed(false);
    breaker.failed(false);
    assertThat(breaker.failed(false)).isTrue();
    breaker.succeeded();
    breaker.probed(false);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void aSuccessInBetweenStartsTheCountAgain() {
    fail(2);
    breaker.succeeded();
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void afterTheRestExactlyOneLooks() {
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
  void anEndpointThatWorksAgainClosesIt() {
    fail(3);
    clock.advance(REST);
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
    breaker.probed(true);
    fail(2);
    assertThat(breaker.tryPass()).isEqualTo(Pass.ORDINARY);
  }

  @Test
  void oneThatStillFailsOpensItForAnotherRest() {
    fail(3);
    clock.advance(REST);
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
    breaker.probed(false);
    clock.advance(REST.minusNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(Duration.ofNanos(1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
  }

  @Test
  void whatBeganBeforeItOpenedNeitherClosesNorProlongsIt() {
    fail(3);
    breaker.succeeded();
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
    clock.advance(REST);
    assertThat(breaker.failed(false)).isFalse();
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
    assertThat(breaker.failed(false)).isFalse();
    breaker.succeeded();
    assertThat(breaker.tryPass()).isEqualTo(Pass.REFUSED);
  }

  @Test
  void aClockThatJumpsBackDoesNotKeepItOpen() {
    fail(3);
    clock.advance(Duration.ofHours(-1));
    assertThat(breaker.tryPass()).isEqualTo(Pass.PROBE);
  }
}
