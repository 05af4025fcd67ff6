package dev.holdfast.dpop;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.Sha256Digest;
import dev.holdfast.dpop.replay.LocalReplayGuard;
import dev.holdfast.testing.SettableClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("verify")
public class LocalReplayGuardTest {
  /** Lifetime and skew of the defaults: from {@code iat} to the last second of the proof. */
  private static final Duration WINDOW = Duration.ofSeconds(70);

  private final SettableClock clock = new SettableClock(NOW);
  private final LocalReplayGuard guard = guard(1_000_000);

  private LocalReplayGuard guard(long maxEntries) {
    return new LocalReplayGuard(maxEntries, Duration.ofSeconds(80), clock, new Random(1));
  }

  public static Sha256Digest proof(long number) {
    return Sha256Digest.of(ByteBuffer.allocate(8).putLong(number).array());
  }

  private Outcome spend(long number) {
    return guard.spend(proof(number), clock.instant().plus(WINDOW));
  }

  @Test
  void aProofIsSpentOnce_T51() {
    assertThat(spend(1)).isEqualTo(FIRST);
    assertThat(spend(1)).isEqualTo(SPENT);
    assertThat(spend(2)).isEqualTo(FIRST);
    assertThat(guard.entries()).isEqualTo(2);
  }

  @Test
  void whenItIsFullItSaysSoAndForgetsNothing_T53() {
    LocalReplayGuard small = guard(10_000);
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 10_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(FIRST);
    }
    for (int i = 10_000; i < 20_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(UNAVAILABLE);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(small.spend(proof(i), until)).isEqualTo(SPENT);
    }
    assertThat(small.statistics())
        .isEqualTo(new LocalReplayGuard.Statistics(10_000, 10_000, 10_000));
    clock.set(until.plusSeconds(1));
    for (int i = 20_000; i < 30_000; i++) {
      assertThat(small.spend(proof(i), clock.instant().plus(WINDOW))).isEqualTo(FIRST);
    }
    assertThat(small.entries()).isEqualTo(10_000);
  }

  @Test
  void aBusyClientThatLeavesRoomHasNoQuota() throws Exception {
    ProofKeys keys =
        new ProofKeys(
            DpopRules.DEFAULTS, dev.holdfast.internal.jose.SignatureProviders.ofThisProcess());
    String header =
        ProofSpecimen.part(
            com.nimbusds.jose.util.JSONObjectUtils.toJSONString(ProofSpecimen.es256().header));
    ProofKey key = keys.in(header);
    for (int i = 0; i < 50_000; i++) { // all of one key, within a minute
      ProofClaims claims =
          new ProofClaims(
              "proof " + i,
              "POST",
              new TargetUri(ProofSpecimen.TARGET),
              NOW.getEpochSecond(),
              ProofSpecimen.TOKEN.digest(),
              null);
      ProofSpending spending =
          new ProofSpending(
              header, key, claims, false, NOW.plus(WINDOW), keys, DpopNonces.never(), guard);
      assertThat(DpopFixture.verdict(spending.spend(DpopFixture.ASKS))).isEqualTo("ok");
    }
    assertThat(guard.entries()).isEqualTo(50_000);
  }

  @Test
  void aMillionRecordsTakeLessThan40BytesEach() {
    LocalReplayGuard million = guard(1_000_000);
    Instant until = NOW.plus(WINDOW);
    for (int i = 0; i < 1_000_000; i++) {
      assertThat(million.spend(proof(i), until) == FIRST).isTrue();
    }
    assertThat(million.bytes() / 1e6).isLessThan(40);
    clock.set(until.plusSeconds(1));
    for (int i = 1_000_000; i < 2_000_000; i++) {
      million.spend(proof(i), clock.instant().plus(WINDOW));
    }
    assertThat(million.bytes() / 1e6).isLessThan(40);
  }

  @Test
  void aGuardRemembersOneProofAtLeast() {
    assertThatThrownBy(() -> guard(0)).hasMessageContaining("one proof at least");
    assertThat(guard(1)).hasToString("LocalReplayGuard[0 of 1]");
  }
}
