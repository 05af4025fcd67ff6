package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.PresentedToken.Scheme.BEARER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Requirement.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalid tokens, outages and bugs: nothing of them lets a request through. */
class BindingEnforcerFailureTest extends EnforcerFixture {
  @ParameterizedTest
  @EnumSource
  void anInvalidTokenIsRefusedInEveryMode(Mode mode) {
    policy = everywhere(mode, ALL);
    proofs.clear();
    verification = CompletableFuture.completedFuture(new Verification.Invalid("exp has passed"));

    assertThat(decide("Bearer abc"))
        .isEqualTo(refused(BEARER, Refusal.INVALID_TOKEN, "exp has passed", null));
  }

  @Test
  void aVerifierThatSaysNothingIsARefusal() {
    verification = CompletableFuture.completedFuture(null);

    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.INVALID_TOKEN);
  }

  @ParameterizedTest
  @EnumSource
  void anIssuerThatCannotBeAskedIs503InEveryMode_T74(Mode mode) {
    policy = everywhere(mode, ALL);
    proofs.clear();
    verification =
        CompletableFuture.failedFuture(new IssuerUnavailableException("timed out", null));

    assertThat(decide("Bearer abc"))
        .isEqualTo(refused(BEARER, Refusal.ISSUER_UNAVAILABLE, "timed out", null));
  }

  @Test
  void howLongAnIssuerWantsToBeLeftAloneIsToldInWholeSeconds() {
    verification =
        CompletableFuture.failedFuture(
            new IssuerUnavailableException("left alone", null, Duration.ofMillis(6001)));
    assertThat(decide("Bearer abc").responseHeaders()).isEqualTo(Map.of("Retry-After", "7"));
  }

  @Test
  void whoeverBringsAnInvalidTokenIsKnownByTheKeyThatHeProved_C44() {
    verification = CompletableFuture.completedFuture(new Verification.Invalid("exp has passed"));

    assertThat(((Decision.Refused) decide("Bearer abc")).proven())
        .containsExactly(new Binding(ConfirmationMethod.CERTIFICATE, RIGHTFUL));
  }

  @Test
  void anOutageBehindDependentStagesOrThrownAtOnceIs503() {
    CompletableFuture<Verification> failed =
        CompletableFuture.failedFuture(new IssuerUnavailableException("timed out", null));
    verification = failed.thenApply(v -> v).thenCompose(CompletableFuture::completedFuture);
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.ISSUER_UNAVAILABLE);

    heard.clear();
    BindingEnforcer enforcer = enforcer();
    Decision decision =
        enforcer.decide(
            enforcer.question(TestRequest.bearing("Bearer abc")),
            (token, confirming) -> {
              throw new IssuerUnavailableException("no route", null);
            });
    assertThat(((Decision.Refused) decision).refusal()).isEqualTo(Refusal.ISSUER_UNAVAILABLE);
  }

  @Test
  void anInterruptedWaitIs503AndTheInterruptionIsKept() {
    verification = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    Decision decision = enforcer().decide(TestRequest.bearing("Bearer abc"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(((Decision.Refused) decision).refusal()).isEqualTo(Refusal.ISSUER_UNAVAILABLE);
    assertThat(verification).isNotDone(); // it may be shared
  }

  @Test
  void aBugInTheVerifierPropagates_T100() {
    verification = CompletableFuture.failedFuture(new ClassCastException("bug"));
    assertThatThrownBy(() -> decide("Bearer abc"))
        .isInstanceOf(IllegalStateException.class)
        .hasCauseInstanceOf(ClassCastException.class);

    verification = CompletableFuture.failedFuture(new StackOverflowError());
    assertThatThrownBy(() -> decide("Bearer abc")).isInstanceOf(IllegalStateException.class);

    verification = new CompletableFuture<>();
    verification.cancel(false);
    assertThatThrownBy(() -> decide("Bearer abc")).isInstanceOf(RuntimeException.class);

    verification = null;
    assertThatThrownBy(() -> decide("Bearer abc")).isInstanceOf(NullPointerException.class);
    assertThat(heard).isEmpty();
  }

  @Test
  void aBugInAMechanismPropagates_T100() {
    BindingEnforcer enforcer =
        new BindingEnforcer(
            List.of(
                new ProofVerifier() {
                  @Override
                  public ConfirmationMethod method() {
                    return CERTIFICATE;
                  }

                  @Override
                  public Proof prove(RequestEvidence evidence, PresentedToken token) {
                    throw new StackOverflowError();
                  }
                }),
            token -> valid(UNBOUND),
            everywhere(Mode.REPORT_ONLY, ALL),
            EnforcementListener.silent());

    assertThatThrownBy(() -> enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isInstanceOf(StackOverflowError.class);
  }

  @Test
  void aListenerThatThrowsStopsTheRequest_T100() {
    BindingEnforcer enforcer =
        new BindingEnforcer(
            List.of(mechanism(CERTIFICATE)),
            token -> valid(BOUND),
            policy,
            EnforcementListener.silent()
                .and(
                    (evidence, decision) -> {
                      throw new IllegalStateException("listener");
                    }));

    assertThatThrownBy(() -> enforcer.decide(TestRequest.bearing("Bearer abc")))
        .hasMessage("listener");
  }

  @Test
  void everyRefusalOfATokenSaysTheSameToTheCaller_T103() {
    for (Refusal refusal : Refusal.own()) {
      if (refusal != Refusal.INSUFFICIENT_SCOPE
          && refusal != Refusal.INSUFFICIENT_USER_AUTHENTICATION) {
        assertThat(refusal.status()).isIn(400, 401, 503);
        if (refusal.status() == 401 && refusal != Refusal.NO_CREDENTIALS) {
          assertThat(refusal.error()).isEqualTo("invalid_token");
        }
      }
    }
  }

  /** Two refusals say more: they are for a caller whose token and key are good. */
  @Test
  void whatTheTokenLacksBesideItsBindingIsSaid() {
    assertThat(Refusal.INSUFFICIENT_SCOPE.status()).isEqualTo(403);
    assertThat(Refusal.INSUFFICIENT_SCOPE.error()).isEqualTo("insufficient_scope");
    assertThat(Refusal.INSUFFICIENT_USER_AUTHENTICATION.status()).isEqualTo(401);
    assertThat(Refusal.INSUFFICIENT_USER_AUTHENTICATION.error())
        .isEqualTo("insufficient_user_authentication");
  }
}
