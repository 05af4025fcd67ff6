package dev.holdfast.dpop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Binding;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.Sha256Digest;
import dev.holdfast.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One caller cannot fill the guard for all others (C87). */
class KeySharesTest {
  private static final int ENTRIES = 10_000;
  private static final Duration WINDOW = Duration.ofSeconds(80);
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  private final SettableClock clock = new SettableClock(START);
  private final LocalReplayGuard guard =
      new LocalReplayGuard(ENTRIES, WINDOW, clock, new Random(7));
  private int proofs;

  private static Binding key(String name) {
    return new Binding(
        ConfirmationMethod.DPOP, Sha256Digest.of(name.getBytes(StandardCharsets.UTF_8)));
  }

  private Outcome spend(Binding key) {
    Sha256Digest proof = Sha256Digest.of(("proof " + proofs++).getBytes(StandardCharsets.UTF_8));
    return guard.spend(key, proof, clock.instant().plusSeconds(70));
  }

  private int spendAsManyAsPossible(Binding key) {
    int passed = 0;
    while (spend(key) == Outcome.FIRST) {
      passed++;
      assertThat(passed).isLessThan(ENTRIES);
    }
    return passed;
  }

  @Test
  void aGreedyKeyIsRefusedAndOthersAreNot_C87() {
    int passed = spendAsManyAsPossible(key("greedy"));

    assertThat(passed).isBetween(ENTRIES * 3 / 5, ENTRIES * 3 / 4);
    for (int i = 0; i < 600; i++) {
      assertThat(spend(key("rightful " + i))).isEqualTo(Outcome.FIRST);
    }
    assertThat(spend(key("greedy"))).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(guard.statistics().refusals()).isEqualTo(2);
  }

  @Test
  void severalGreedyKeysLeaveRoom_C87() {
    for (int i = 0; i < 3; i++) {
      spendAsManyAsPossible(key("greedy " + i));
    }
    assertThat(spend(key("rightful"))).isEqualTo(Outcome.FIRST);
  }

  @Test
  void aShareComesBackWhenItsProofsHaveEnded_C87() {
    Binding busy = key("busy");
    spendAsManyAsPossible(busy);

    clock.advance(Duration.ofSeconds(160));

    assertThat(spendAsManyAsPossible(busy)).isGreaterThanOrEqualTo(ENTRIES * 3 / 5);
  }

  /** 80 a second live 71 seconds: 5,680 of 10,000, for as long as it likes. */
  @Test
  void aBusyKeyBelowItsShareIsNeverRefused_C87() {
    for (int second = 0; second < 600; second++) {
      for (int i = 0; i < 80; i++) {
        assertThat(spend(key("busy"))).as("second %d", second).isEqualTo(Outcome.FIRST);
      }
      clock.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void aProofTwiceIsSpentUnderWhateverKey_T51() {
    Sha256Digest proof = Sha256Digest.of(new byte[] {1});
    Instant until = START.plusSeconds(70);

    assertThat(guard.spend(key("a"), proof, until)).isEqualTo(Outcome.FIRST);
    assertThat(guard.spend(key("a"), proof, until)).isEqualTo(Outcome.SPENT);
    assertThat(guard.spend(proof, until)).isEqualTo(Outcome.SPENT);
  }

  @Test
  void aCounterRollsWithTime() {
    KeyShares shares = new KeyShares(1_000_000, 80);
    long now = 8_000; // a period begins
    shares.add(1, now + 79, now);
    shares.add(1, now + 80, now);
    assertThat(shares.of(1, now)).isEqualTo(2);
    assertThat(shares.of(2, now)).isZero();
    assertThat(shares.of(1, now + 80)).isEqualTo(1);
    assertThat(shares.of(1, now + 160)).isZero();
    shares.add(1, now + 170, now + 160);
    assertThat(shares.of(1, now + 160)).isEqualTo(1);
  }
}
