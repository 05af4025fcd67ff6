package dev.holdfast.dpop;

import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Proof;
import dev.holdfast.Spending.Counted;
import dev.holdfast.Spending.NotCounted;
import dev.holdfast.Spending.Spent;
import dev.holdfast.testing.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T55. The lifetime is five minutes, so a period is 150 seconds; NOW is the start of one. */
class DpopNoncesTest {
  private static final byte[] SECRET = DpopNonces.randomSecret(new SecureRandom());
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration SKEW = Duration.ofSeconds(10);
  private final SettableClock clock = new SettableClock(NOW);
  private final DpopNonces nonces = DpopNonces.always(SECRET, LIFETIME, SKEW, clock);

  private String handedOut() {
    return nonces.offerTo(null).get("DPoP-Nonce");
  }

  private DpopNonces anotherNode(Duration ahead) {
    return DpopNonces.always(
        SECRET, LIFETIME, SKEW, new SettableClock(clock.instant().plus(ahead)));
  }

  @Test
  void aNonceIsGoodForItsPeriodAndTheNext_T55() {
    String nonce = handedOut();

    assertThat(nonces.accept(nonce)).isTrue();
    clock.advance(Duration.ofSeconds(299));
    assertThat(nonces.accept(nonce)).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThat(nonces.accept(nonce)).isFalse();
  }

  @Test
  void whoeverIsHandedANonceHasAtLeastHalfOfItsLifetime_T55() {
    clock.advance(Duration.ofSeconds(149));
    String nonce = handedOut();

    clock.advance(Duration.ofSeconds(150));
    assertThat(nonces.accept(nonce)).isTrue();
  }

  @Test
  void aFreshOneIsOfferedBeforeTheOldOneEnds_T55() {
    String nonce = handedOut();

    assertThat(nonces.offerTo(nonce)).isEmpty();
    clock.advance(Duration.ofSeconds(150));
    assertThat(nonces.accept(nonce)).isTrue();
    assertThat(nonces.offerTo(nonce)).containsOnlyKeys("DPoP-Nonce");
    assertThat(handedOut()).isNotEqualTo(nonce);
    assertThat(nonces.offerTo(handedOut())).isEmpty();
  }

  @Test
  void noOtherTextIsANonce_T55() {
    String nonce = handedOut();
    List<String> others = new ArrayList<>(List.of("", "x", nonce + "A", nonce + "=", "é"));
    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
      others.add(nonce.substring(0, i) + other + nonce.substring(i + 1));
    }
    assertThat(others).noneMatch(nonces::accept);
    assertThat(nonces.accept(null)).isFalse();
  }

  @Test
  void everyNodeWithTheSecretTakesIt_T55() {
    assertThat(anotherNode(Duration.ZERO).accept(handedOut())).isTrue();
    assertThat(
            DpopNonces.always(DpopNonces.randomSecret(new SecureRandom()), LIFETIME, SKEW, clock)
                .accept(handedOut()))
        .isFalse();
  }

  @Test
  void aNodeWhoseClockIsSomewhatAheadHandsOutNoncesThatAreGoodHere() {
    clock.advance(Duration.ofSeconds(140));
    String ahead = anotherNode(SKEW).offerTo(null).get("DPoP-Nonce");
    assertThat(ahead).isNotEqualTo(handedOut());

    assertThat(nonces.accept(ahead)).isTrue();
    clock.advance(Duration.ofSeconds(-1));
    assertThat(nonces.accept(ahead)).as("more than the skew").isFalse();
  }

  @Test
  void noncesDoNotRepeat() {
    Set<String> seen = new LinkedHashSet<>();
    for (int i = 0; i < 100; i++) {
      assertThat(seen.add(handedOut())).isTrue();
      clock.advance(Duration.ofSeconds(150));
    }
  }

  @Test
  void neverDemandsAndOffersNothing() {
    assertThat(DpopNonces.never().accept(null)).isTrue();
    assertThat(DpopNonces.never().accept("x")).isTrue();
    assertThat(DpopNonces.never().offerTo(null)).isEmpty();
  }

  @Test
  void aSecretIsLongEnoughAndNeverShown() {
    assertThatThrownBy(() -> DpopNonces.always(new byte[31], LIFETIME, SKEW, clock))
        .hasMessageContaining("32 bytes");
    assertThatThrownBy(() -> DpopNonces.always(SECRET, Duration.ofSeconds(1), SKEW, clock))
        .hasMessageContaining("two seconds");
    assertThat(nonces).hasToString("DpopNonces[always]");
    assertThat(DpopNonces.never()).hasToString("DpopNonces[never]");
  }

  @Test
  void aProofWithoutANonceIsToldOneAndNotSpent_T55() {
    DpopFixture dpop = new DpopFixture(nonces);
    String first = ProofSpecimen.es256().text();

    Spent needed = DpopFixture.spent(dpop.prove(ProofRequest.with(first)));

    assertThat(needed)
        .isInstanceOfSatisfying(
            NotCounted.class,
            refused -> assertThat(refused.refusal()).isEqualTo(DpopRefusals.DPOP_NONCE_NEEDED));
    String nonce = needed.responseHeaders().get("DPoP-Nonce");
    assertThat(dpop.guard.entries()).isZero();

    Spent good = spentAt(dpop, NOW, nonce, "1");
    assertThat(good).isEqualTo(new Counted(java.util.Map.of()));
    assertThat(dpop.verdict(ProofSpecimen.es256().claim("nonce", "wrong").claim("jti", "2").text()))
        .isEqualTo("DPOP_NONCE_NEEDED");
  }

  @Test
  void aProofWithTheOldNonceIsAcceptedAndToldTheFreshOne_T55() {
    DpopFixture dpop = new DpopFixture(nonces);
    String old = handedOut();
    clock.advance(Duration.ofSeconds(150));
    dpop.clock.set(clock.instant());

    Spent spent = spentAt(dpop, clock.instant(), old, "1");

    assertThat(spent).isInstanceOf(Counted.class);
    assertThat(spent.responseHeaders()).containsEntry("DPoP-Nonce", handedOut());
  }

  @Test
  void whereDpopIsNotAskedForNoNonceIsNeeded_T55() {
    DpopFixture dpop = new DpopFixture(nonces);
    Proof proof = dpop.prove(ProofRequest.with(ProofSpecimen.es256().text()));

    assertThat(((Proof.Proven) proof).spending().spend(DpopFixture.DOES_NOT_ASK))
        .isInstanceOf(Counted.class);
  }

  @Test
  void aNonceThatIsNullIsNone_C35() {
    DpopFixture dpop = new DpopFixture(nonces);

    Spent needed = spentAt(dpop, NOW, null, "1");

    assertThat(needed)
        .isInstanceOfSatisfying(
            NotCounted.class,
            refused -> assertThat(refused.refusal()).isEqualTo(DpopRefusals.DPOP_NONCE_NEEDED));
    assertThat(needed.responseHeaders()).containsKey("DPoP-Nonce");
  }

  @ParameterizedTest
  @ValueSource(longs = {-360, -71, 11, 300})
  void aClockThatIsOffPassesWithACurrentNonceOnly_C36(long seconds) {
    DpopFixture narrow = new DpopFixture(nonces);
    DpopFixture wide = new DpopFixture(nonces.withProofClockSkew(Duration.ofMinutes(5)));
    Instant itsClock = NOW.plusSeconds(seconds);

    Spent withoutNonce = spentAt(wide, itsClock, null, "1");
    assertThat(DpopFixture.verdict(withoutNonce)).isEqualTo("DPOP_NONCE_NEEDED");
    String nonce = withoutNonce.responseHeaders().get("DPoP-Nonce");

    assertThat(DpopFixture.verdict(spentAt(wide, itsClock, nonce, "1"))).isEqualTo("ok");
    assertThat(DpopFixture.verdict(spentAt(wide, itsClock, nonce, "1")))
        .isEqualTo("DPOP_PROOF_SPENT");
    assertThat(proofAt(wide, itsClock.plusSeconds(seconds < 0 ? -1 : 1), nonce, "2"))
        .matches(
            proof -> Math.abs(seconds) < 300 || proof instanceof Proof.Rejected,
            "outside the wide window");
    assertThat(proofAt(narrow, itsClock, nonce, "1")).isInstanceOf(Proof.Rejected.class);
  }

  /** Otherwise the narrow window would be the wide one wherever no nonce is demanded. */
  @Test
  void aClockThatIsOffNeedsANonceWhereDpopIsNotAskedForToo_C36() {
    DpopFixture wide = new DpopFixture(nonces.withProofClockSkew(Duration.ofMinutes(5)));
    Proof proof = proofAt(wide, NOW.plusSeconds(100), null, "1");

    assertThat(((Proof.Proven) proof).spending().spend(DpopFixture.DOES_NOT_ASK))
        .isInstanceOf(NotCounted.class);
  }

  private static Spent spentAt(DpopFixture dpop, Instant now, @Nullable String nonce, String id) {
    return DpopFixture.spent(proofAt(dpop, now, nonce, id));
  }

  private static Proof proofAt(DpopFixture dpop, Instant now, @Nullable String nonce, String id) {
    return dpop.prove(
        ProofRequest.with(
            ProofSpecimen.es256()
                .claim("iat", now.getEpochSecond())
                .claim("nonce", nonce)
                .claim("jti", id)
                .text()));
  }
}
