package dev.holdfast.dpop.replay;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.dpop.LocalReplayGuardTest.proof;
import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LocalReplayGuardClockTest {
  /** Lifetime and skew of the defaults: from {@code iat} to the last second of the proof. */
  private static final Duration WINDOW = Duration.ofSeconds(70);

  private final SettableClock clock = new SettableClock(NOW);
  private final LocalReplayGuard guard = guard(1_000_000);

  private LocalReplayGuard guard(long maxEntries) {
    return new LocalReplayGuard(maxEntries, Duration.ofSeconds(80), clock, new Random(1));
  }

  private Outcome spend(long number) {
    return guard.spend(proof(number), clock.instant().plus(WINDOW));
  }

  @Test
  void aProofStaysSpentToItsLastSecond_T54() {
    Instant until = NOW.plus(WINDOW);
    LocalReplayGuard small = guard(1);
    assertThat(small.spend(proof(1), until)).isEqualTo(FIRST);

    clock.set(until.plusMillis(999));
    assertThat(small.spend(proof(1), until)).isEqualTo(SPENT);
    assertThat(small.spend(proof(2), until)).as("its record is kept").isEqualTo(UNAVAILABLE);
    clock.set(until.plusSeconds(1));
    assertThat(small.spend(proof(2), until.plusSeconds(1))).as("and dropped").isEqualTo(FIRST);
    assertThat(small.spend(proof(1), until)).as("but not forgotten").isEqualTo(SPENT);
  }

  @Test
  void theLastSecondStillCounts_T54() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.set(until.plusMillis(999));
    for (int i = 1_000; i < 50_000; i++) { // makes every table grow
      assertThat(spend(i)).isEqualTo(FIRST);
    }
    assertThat(guard.entries()).isEqualTo(49_100);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until.plusSeconds(30))).isEqualTo(SPENT);
    }
  }

  @Test
  void anIdentifierThatIsUsedAgainDoesNotFreeItsOldProof() {
    Instant until = NOW.plus(WINDOW);
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.advance(WINDOW.plusSeconds(1));
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.set(NOW);
    assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
    clock.advance(Duration.ofHours(1));
    for (int i = 1_000; i < 50_000; i++) {
      assertThat(spend(i)).isEqualTo(FIRST);
    }
    clock.set(NOW);
    assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
  }

  @Test
  void theSameIdentifierMayBeUsedAgainWhenItsRecordHasEnded() {
    assertThat(spend(1)).isEqualTo(FIRST);
    clock.advance(WINDOW.plusSeconds(1));
    assertThat(spend(1)).isEqualTo(FIRST);
    assertThat(spend(1)).isEqualTo(SPENT);
    assertThat(guard.entries()).isEqualTo(1);
  }

  @Test
  void aClockThatJumpsForwardAndBackAcceptsNoReplay() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 1000; i < 100_000; i++) { // enough to make every table drop what has ended
      guard.spend(proof(i), clock.instant().plus(WINDOW));
    }
    clock.advance(Duration.ofHours(-1));
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }

  @Test
  void afterAJumpForwardAndBackLaterProofsPassAtOnce() {
    LocalReplayGuard small = guard(1);
    Instant until = NOW.plus(WINDOW);
    assertThat(small.spend(proof(1), until)).isEqualTo(FIRST);
    clock.advance(Duration.ofHours(1));
    assertThat(small.spend(proof(2), until)).as("it is over").isEqualTo(SPENT);
    assertThat(small.spend(proof(3), clock.instant())).as("drops the first").isEqualTo(FIRST);
    clock.set(NOW);

    assertThat(small.spend(proof(1), until)).isEqualTo(SPENT);
    clock.set(NOW.plus(Duration.ofHours(1)).plusSeconds(1));
    assertThat(small.spend(proof(4), clock.instant())).isEqualTo(FIRST);
    clock.set(NOW);
    assertThat(small.spend(proof(5), NOW.plus(Duration.ofHours(2)))).isEqualTo(UNAVAILABLE);
    LocalReplayGuard roomy = guard(2);
    assertThat(roomy.spend(proof(1), until)).isEqualTo(FIRST);
    clock.advance(Duration.ofHours(1));
    assertThat(roomy.spend(proof(2), clock.instant())).isEqualTo(FIRST);
    clock.set(NOW);
    assertThat(roomy.spend(proof(3), until.plusSeconds(1))).as("a later one").isEqualTo(FIRST);
  }

  @Test
  void aClockThatJumpsBackForgetsNothing() {
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(-1));
    for (int i = 1000; i < 100_000; i++) {
      assertThat(guard.spend(proof(i), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      assertThat(guard.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }

  /** Against a set that never forgets: no replay is ever accepted, whatever the clock does. */
  @Property(tries = 300)
  void noReplayIsEverAccepted(
      @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> proofs,
      @ForAll @Size(min = 300, max = 300) List<@IntRange(min = -90, max = 90) Integer> jumps,
      @ForAll @IntRange(min = 1, max = 30) int maxEntries) {
    LocalReplayGuard small = guard(maxEntries);
    Set<Instant> spent = new HashSet<>();
    for (int i = 0; i < proofs.size(); i++) {
      clock.advance(Duration.ofSeconds(jumps.get(i)));
      Instant until = NOW.plusSeconds(proofs.get(i) * 10L); // one proof, one end
      Outcome outcome = small.spend(proof(proofs.get(i)), until);

      assertThat(outcome == FIRST && !spent.add(until)).as("a replay").isFalse();
      assertThat(small.entries()).isLessThanOrEqualTo(maxEntries);
    }
  }

  /** And the other way: with a clock that only goes on, no fresh proof is refused. */
  @Property(tries = 300)
  void noFreshProofIsRefusedWhileThereIsRoom(
      @ForAll @Size(max = 300) List<@IntRange(max = 20) Integer> steps,
      @ForAll @IntRange(max = 80) int age) {
    LocalReplayGuard roomy = guard(300);
    for (int i = 0; i < steps.size(); i++) {
      clock.advance(Duration.ofSeconds(steps.get(i)));
      Instant until = clock.instant().plusSeconds((age + i) % 81);

      assertThat(roomy.spend(proof(i), until)).isEqualTo(FIRST);
      assertThat(roomy.spend(proof(i), until)).isEqualTo(SPENT);
    }
  }
}
