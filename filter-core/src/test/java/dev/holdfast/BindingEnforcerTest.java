package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static dev.holdfast.PresentedToken.Scheme.BEARER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.policy.BindingPolicy;
import dev.holdfast.policy.BindingPolicy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps, their order, and which of them a request never reaches. */
class BindingEnforcerTest extends EnforcerFixture {
  @Test
  void theStepsAreProveVerifyHear() {
    assertThat(decide("Bearer abc"))
        .isEqualTo(allowed(BOUND, BEARER, new Binding(CERTIFICATE, RIGHTFUL)));
    assertThat(steps).containsExactly("prove certificate", "prove dpop", "verify", "hear");
  }

  @Test
  void withoutOneTokenNothingIsProvenAndNobodyAsked_T19_T26() {
    assertThat(refusal()).isEqualTo(Refusal.NO_CREDENTIALS);
    heard.clear();
    assertThat(refusal("Bearer ")).isEqualTo(Refusal.NO_CREDENTIALS);
    heard.clear();
    assertThat(refusal("Bearer a", "DPoP b")).isEqualTo(Refusal.SEVERAL_CREDENTIALS);
    heard.clear();
    assertThat(refusal("Bearer a b")).isEqualTo(Refusal.MALFORMED_CREDENTIALS);
    assertThat(steps).containsOnly("hear");
  }

  @ParameterizedTest
  @EnumSource(names = {"WHEN_BOUND", "REQUIRED"})
  void aRejectedProofNeverAsksTheIssuer(Mode mode) {
    policy = everywhere(mode, ALL);
    proofs.put(CERTIFICATE, REJECTED);

    assertThat(decide("Bearer abc"))
        .isEqualTo(refused(BEARER, Refusal.BINDING_NOT_PROVEN, "the proof is forged", null));
    assertThat(steps).containsExactly("prove certificate", "hear");
  }

  @Test
  void aRejectedProofIsRefusedBesideAGoodOne() {
    proofs.put(DPOP, REJECTED);

    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(steps).doesNotContain("verify");
  }

  @Test
  void aRejectedProofIsReportedWhereThePolicyReportsOnly() {
    policy = everywhere(Mode.REPORT_ONLY, ALL);
    proofs.put(CERTIFICATE, REJECTED);

    assertThat(decide("Bearer abc"))
        .isEqualTo(
            reported(
                BEARER, refused(BEARER, Refusal.BINDING_NOT_PROVEN, "the proof is forged", BOUND)));
  }

  private static BindingPolicy byIssuer(Mode defaults, Mode ofIssuer) {
    return new BindingPolicy(
        new Requirement(defaults, ALL),
        List.of(new Rule(List.of(), Set.of(), Set.of(ISSUER), ofIssuer, Set.of())));
  }

  @Test
  void aRejectedProofNeverAsksTheIssuerWhereEveryIssuersTokensAreBound() {
    policy = byIssuer(Mode.REQUIRED, Mode.WHEN_BOUND);
    proofs.put(CERTIFICATE, REJECTED);

    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    assertThat(steps).doesNotContain("verify");
  }

  @Test
  void aRejectedProofWaitsForTheIssuerWhereOneIssuersTokensAreNotLookedAt() {
    policy = byIssuer(Mode.REQUIRED, Mode.OFF);
    proofs.put(CERTIFICATE, REJECTED);
    assertThat(decide("Bearer abc"))
        .isEqualTo(new Decision.Allowed(BOUND, BEARER, new Requirement(Mode.OFF, ALL), null));

    heard.clear();
    policy = byIssuer(Mode.OFF, Mode.REQUIRED);
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void whereThePolicyIsOffNothingIsProvenAndTheTokenIsVerified() {
    policy = everywhere(Mode.OFF, ALL);
    proofs.put(CERTIFICATE, REJECTED);

    assertThat(decide("Bearer abc")).isEqualTo(allowed(BOUND, BEARER, null));
    assertThat(steps).containsExactly("verify", "hear");
  }

  @Test
  void listenersHearInTurn() {
    List<String> order = new ArrayList<>();
    EnforcementListener both =
        ((EnforcementListener) (evidence, decision) -> order.add("first"))
            .and((evidence, decision) -> order.add("second"));

    both.decided(TestRequest.bearing(), new Decision.Refused(Refusal.NO_CREDENTIALS));

    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void twoMechanismsOfOneMethodAreAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new BindingEnforcer(
                    List.of(mechanism(DPOP), mechanism(DPOP)),
                    token -> valid(BOUND),
                    policy,
                    EnforcementListener.silent()));
  }
}
