package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.dpop.DpopRefusals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A decision that nobody waits for; that it is the same one, {@link EnforcerFixture} looks at. */
class AsyncDecisionTest extends EnforcerFixture {
  private CompletableFuture<Decision> decideAsync(String authorization) {
    return enforcer().decideAsync(TestRequest.bearing(authorization)).toCompletableFuture();
  }

  @Test
  void nobodyHearsBeforeTheIssuerHasAnswered() {
    verification = new CompletableFuture<>();
    CompletableFuture<Decision> decision = decideAsync("Bearer abc");
    assertThat(decision).isNotDone();
    assertThat(heard).isEmpty();

    verification.complete(new Verification.Valid(BOUND));

    assertThat(decision)
        .isCompletedWithValue(
            allowed(BOUND, Scheme.BEARER, new Binding(ConfirmationMethod.CERTIFICATE, RIGHTFUL)));
    assertThat(heard).containsExactly(decision.join());
  }

  @Test
  void nobodyHearsBeforeTheStoreHasAnswered() {
    AccessToken token = bound("jkt");
    verification = valid(token);
    CompletableFuture<Spending.Spent> answer = new CompletableFuture<>();
    proofs.clear();
    proofs.put(
        DPOP,
        new Proof.Proven(
            new Binding(DPOP, RIGHTFUL),
            new Spending() {
              @Override
              public Spent spend(Requirement requirement) {
                throw new AssertionError("this one blocks");
              }

              @Override
              public CompletionStage<Spent> spendAsync(Requirement requirement) {
                return answer;
              }
            }));
    CompletableFuture<Decision> decision = decideAsync("DPoP abc");
    assertThat(decision).isNotDone();
    assertThat(heard).isEmpty();

    answer.complete(new Spending.NotCounted(DpopRefusals.DPOP_PROOF_SPENT, "a rule", Map.of()));

    assertThat(decision.join())
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(DpopRefusals.DPOP_PROOF_SPENT));
    assertThat(heard).containsExactly(decision.join());
  }

  @Test
  void aBugIsNoDecision() {
    for (CompletableFuture<Verification> failure :
        List.of(
            CompletableFuture.<Verification>failedFuture(new IllegalStateException("a bug")),
            CompletableFuture.<Verification>supplyAsync(
                () -> {
                  throw new IllegalArgumentException("another");
                }))) {
      verification = failure;
      CompletableFuture<Decision> decision = decideAsync("Bearer abc");
      assertThatThrownBy(decision::join).hasMessageContaining("a token verifier failed");
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void whatTheStoreThrowsIsNoDecision() {
    verification = valid(bound("jkt"));
    proofs.clear();
    proofs.put(
        DPOP,
        new Proof.Proven(
            new Binding(DPOP, RIGHTFUL),
            requirement -> {
              throw new IllegalStateException("a bug");
            }));
    CompletableFuture<Decision> decision = decideAsync("DPoP abc");
    assertThatThrownBy(decision::join).hasMessageContaining("a bug");
    assertThat(heard).isEmpty();
  }
}
