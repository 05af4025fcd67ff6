package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.http.challenge.Challenges;
import dev.holdfast.policy.BindingPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a mechanism may not decide by itself: whatever is not its own is not served. */
class MechanismLimitsTest {
  private static final Sha256Digest KEY = Sha256Digest.of(new byte[] {1});

  /** A token that a policy passes without any binding: nothing else could refuse it. */
  private static BindingEnforcer enforcer(ProofVerifier mechanism) {
    AccessToken token = new AccessToken("https://i", "alice", null, null, Set.of(), Map.of());
    return new BindingEnforcer(
        List.of(mechanism),
        presented -> CompletableFuture.completedFuture(new Verification.Valid(token)),
        BindingPolicy.everywhere(new Requirement(Mode.WHEN_BOUND, Set.of(CERTIFICATE))),
        EnforcementListener.silent());
  }

  private static ProofVerifier mechanism(ConfirmationMethod method, Supplier<Proof> proof) {
    return new ProofVerifier() {
      @Override
      public ConfirmationMethod method() {
        return method;
      }

      @Override
      public Proof prove(RequestEvidence evidence, PresentedToken token) {
        return proof.get();
      }

      @Override
      public String challengeParameters() {
        return "a=\"b\"\r\nSet-Cookie: c=d";
      }
    };
  }

  private static void assertNotServed(ConfirmationMethod method, Proof proof, String why) {
    BindingEnforcer enforcer = enforcer(mechanism(method, () -> proof));
    TestRequest request = TestRequest.bearing("Bearer abc");
    assertThatIllegalStateException()
        .isThrownBy(() -> enforcer.decide(request))
        .withMessage("the mechanism of " + method + " " + why);
    assertThatIllegalStateException().isThrownBy(() -> enforcer.decideAsync(request));
  }

  @Test
  void aMechanismThatFindsNothingIsPassedOver() {
    BindingEnforcer enforcer = enforcer(mechanism(CERTIFICATE, () -> Proof.Absent.ABSENT));
    assertThat(enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void aMechanismThatSaysNothingIsNotServed() {
    assertNotServed(CERTIFICATE, null, "says nothing of a request");
  }

  @Test
  void aMechanismProvesNoOtherMethodsKey() {
    Proof ofAnother = new Proof.Proven(new Binding(DPOP, KEY), spent -> null);
    assertNotServed(CERTIFICATE, ofAnother, "proves a key of dpop");
  }

  @Test
  void aProofThatCountsOnceCannotComeWithoutItsSpending() {
    Proof forGood = new Proof.Proven(new Binding(DPOP, KEY));
    assertNotServed(DPOP, forGood, "proves a key for good, and its proofs count once");
  }

  @Test
  void whatAMechanismThrowsIsNotServed() {
    BindingEnforcer enforcer =
        enforcer(
            mechanism(
                CERTIFICATE,
                () -> {
                  throw new IllegalArgumentException("a bug");
                }));
    assertThatThrownBy(() -> enforcer.decide(TestRequest.bearing("Bearer abc")))
        .hasMessage("a bug");
  }

  @Test
  void aMethodThatIsNotRegisteredHasNoEnforcer() {
    ConfirmationMethod unknown = ConfirmationMethod.named("unknown").member("u").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> enforcer(mechanism(unknown, () -> Proof.Absent.ABSENT)))
        .withMessage(
            "the method unknown is not registered: name its provider in"
                + " META-INF/services/dev.holdfast.ConfirmationMethodProvider");
  }

  @Test
  void aChallengeIsOneHeaderField() {
    BindingEnforcer enforcer = enforcer(mechanism(DPOP, () -> Proof.Absent.ABSENT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Challenges(enforcer))
        .withMessageContaining("dpop");
  }
}
