package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.Spending.Counted;
import dev.holdfast.Spending.NotCounted;
import dev.holdfast.Spending.Spent;
import dev.holdfast.dpop.DpopRefusals;
import dev.holdfast.policy.BindingPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proof that counts once is spent last, and only when everything else holds (T53). */
class BindingEnforcerSpendTest extends EnforcerFixture {
  private static final Map<String, String> FRESH = Map.of("DPoP-Nonce", "fresh");
  private static final AccessToken JKT = bound("jkt");
  private static final List<Binding> PROVEN_KEY = List.of(new Binding(DPOP, RIGHTFUL));
  private Spent outcome = new Counted(Map.of());

  @BeforeEach
  void aDpopProof() {
    proofs.clear();
    prove(RIGHTFUL);
    verification = valid(JKT);
  }

  private void prove(Sha256Digest key) {
    proofs.put(
        DPOP,
        new Proof.Proven(
            new Binding(DPOP, key),
            requirement -> {
              steps.add("spend for " + requirement.mode());
              return outcome;
            }));
  }

  private Decision.Refused spent(Refusal refusal) {
    return new Decision.Refused(
        refusal, "a rule", JKT, FRESH, PROVEN_KEY, ConfirmationMethod.DPOP.scheme(), demanded());
  }

  private void refuseSpending(Refusal refusal) {
    outcome = new NotCounted(refusal, "a rule", FRESH);
  }

  @Test
  void itIsSpentAfterTheTokenWasVerifiedAndBeforeAnybodyHears_T53() {
    assertThat(decide("DPoP abc"))
        .isEqualTo(allowed(JKT, ConfirmationMethod.DPOP.scheme(), new Binding(DPOP, RIGHTFUL)));
    assertThat(steps)
        .containsExactly("prove certificate", "prove dpop", "verify", "spend for REQUIRED", "hear");
  }

  @Test
  void aProofThatDoesNotCountRefusesTheRequest_T51() {
    for (Refusal refusal :
        new Refusal[] {
          DpopRefusals.DPOP_PROOF_SPENT,
          DpopRefusals.DPOP_NONCE_NEEDED,
          Refusal.REPLAY_GUARD_UNAVAILABLE
        }) {
      heard.clear();
      refuseSpending(refusal);

      assertThat(decide("DPoP abc")).isEqualTo(spent(refusal));
    }
  }

  @Test
  void whatGoesOnTheResponseGoesOnASuccessToo_T55() {
    outcome = new Counted(FRESH);

    assertThat(decide("DPoP abc").responseHeaders()).isEqualTo(FRESH);
  }

  @Test
  void nothingIsSpentForAnInvalidToken_T53() {
    verification = CompletableFuture.completedFuture(new Verification.Invalid("exp has passed"));

    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.INVALID_TOKEN);
    assertThat(steps).containsExactly("prove certificate", "prove dpop", "verify", "hear");
  }

  @Test
  void nothingIsSpentForAnotherKeyAnotherSchemeOrAnUnboundToken_T53() {
    prove(THIEF);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_MISMATCH);
    heard.clear();
    prove(RIGHTFUL);
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.WRONG_SCHEME); // T24
    heard.clear();
    verification = valid(UNBOUND);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.WRONG_SCHEME); // T25
    heard.clear();
    verification = valid(bound("jkt", "x5t#S256"));
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN); // T31
    heard.clear();
    verification = valid(JKT);
    policy = everywhere(Mode.REQUIRED, Set.of(CERTIFICATE));
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.METHOD_NOT_TAKEN);
    assertThat(steps).noneMatch(step -> step.startsWith("spend"));
  }

  @Test
  void bothKeysProvenAreSpentOnce_T31() {
    proofs.put(CERTIFICATE, PROVEN);
    verification = valid(bound("jkt", "x5t#S256"));

    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);
    assertThat(steps).containsOnlyOnce("spend for REQUIRED");
  }

  @Test
  void reportOnlySpendsAndReportsAReplay() {
    policy = everywhere(Mode.REPORT_ONLY, ALL);
    refuseSpending(DpopRefusals.DPOP_PROOF_SPENT);

    assertThat(decide("DPoP abc"))
        .isEqualTo(
            reported(ConfirmationMethod.DPOP.scheme(), spent(DpopRefusals.DPOP_PROOF_SPENT)));
    assertThat(steps).contains("spend for REPORT_ONLY");
  }

  @Test
  void reportOnlySpendsNothingForARequestThatItWouldRefuse() {
    policy = everywhere(Mode.REPORT_ONLY, ALL);
    prove(THIEF);

    assertThat(((Decision.Allowed) decide("DPoP abc")).reported())
        .isEqualTo(Refusal.BINDING_MISMATCH);
    assertThat(steps).noneMatch(step -> step.startsWith("spend"));
  }

  @Test
  void offLooksAtNoProof() {
    policy = everywhere(Mode.OFF, ALL);

    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);
    assertThat(steps).containsExactly("verify", "hear");
  }

  private void demandAScope(Mode mode) {
    policy =
        BindingPolicy.everywhere(
            new Requirement(mode, ALL, new TokenRequirement(List.of("read"), null, null)));
  }

  @Test
  void nothingIsSpentForATokenThatLacksAScope_T53() {
    demandAScope(Mode.REQUIRED);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.INSUFFICIENT_SCOPE);
    assertThat(steps).containsExactly("prove certificate", "prove dpop", "verify", "hear");
  }

  @Test
  void whereThatIsOnlyReportedTheProofIsSpentAndAReplayIsReported_T51() {
    demandAScope(Mode.REPORT_ONLY);
    Decision.Allowed first = (Decision.Allowed) decide("DPoP abc");
    assertThat(first.reported()).isEqualTo(Refusal.INSUFFICIENT_SCOPE);
    assertThat(first.binding()).isEqualTo(new Binding(DPOP, RIGHTFUL));
    assertThat(steps).contains("spend for REPORT_ONLY");
    heard.clear();
    refuseSpending(DpopRefusals.DPOP_PROOF_SPENT);
    Decision.Allowed replay = (Decision.Allowed) decide("DPoP abc");
    assertThat(replay.reported()).isEqualTo(DpopRefusals.DPOP_PROOF_SPENT);
    assertThat(replay.binding()).isNull();
  }
}
