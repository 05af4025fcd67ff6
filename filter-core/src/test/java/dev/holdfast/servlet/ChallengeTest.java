package dev.holdfast.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Decision;
import dev.holdfast.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  @Test
  void anErrorOfAProofComesUnderItsOwnScheme_T55() {
    assertThat(Challenge.of(Refusal.INVALID_DPOP_PROOF).headers().get("WWW-Authenticate"))
        .startsWith("DPoP error=\"invalid_dpop_proof\"");
    assertThat(Challenge.of(Refusal.DPOP_PROOF_SPENT))
        .isEqualTo(Challenge.of(Refusal.INVALID_DPOP_PROOF));
    assertThat(Challenge.of(Refusal.DPOP_NONCE_NEEDED).headers().get("WWW-Authenticate"))
        .startsWith("DPoP error=\"use_dpop_nonce\"");
    assertThat(Challenge.of(Refusal.WRONG_SCHEME).headers().get("WWW-Authenticate"))
        .startsWith("Bearer error=\"invalid_token\"");
  }

  @Test
  void aGuardThatCannotRecordIs503() {
    Challenge challenge = Challenge.of(Refusal.REPLAY_GUARD_UNAVAILABLE);

    assertThat(challenge.status()).isEqualTo(503);
    assertThat(challenge.headers())
        .containsKey("Retry-After")
        .doesNotContainKey("WWW-Authenticate");
  }

  @Test
  void theDecisionsHeaderFieldsGoWithIt_T55() {
    Decision.Refused refused =
        new Decision.Refused(
            Refusal.DPOP_NONCE_NEEDED, "a rule", null, Map.of("DPoP-Nonce", "fresh"));

    assertThat(Challenge.of(refused).headers())
        .containsEntry("DPoP-Nonce", "fresh")
        .containsAllEntriesOf(Challenge.of(Refusal.DPOP_NONCE_NEEDED).headers());
  }
}
