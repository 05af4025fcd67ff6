package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import dev.holdfast.BindingPolicy.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BindingEnforcerTest {
  private static final String ISSUER = "https://issuer.test";
  private static final Sha256Digest RIGHTFUL = Sha256Digest.of(new byte[] {1});
  private static final Sha256Digest THIEF = Sha256Digest.of(new byte[] {2});
  private static final Proof PROVEN = proven(CERTIFICATE, RIGHTFUL);
  private static final Proof STOLEN = proven(CERTIFICATE, THIEF);
  private static final Proof REJECTED =
      new Proof.Rejected(Refusal.BINDING_NOT_PROVEN, "the proof is forged");
  private static final Set<ConfirmationMethod> ALL = Set.of(ConfirmationMethod.values());

  private static final AccessToken UNBOUND = token(Map.of());
  private static final AccessToken BOUND = bound("x5t#S256");

  private final List<String> steps = new ArrayList<>();
  private final List<Decision> heard = new ArrayList<>();
  private BindingPolicy policy = everywhere(Mode.REQUIRED, ALL);
  private CompletableFuture<Verification> verification = valid(BOUND);
  private final Map<ConfirmationMethod, Proof> proofs = new HashMap<>(Map.of(CERTIFICATE, PROVEN));

  private static Proof proven(ConfirmationMethod method, Sha256Digest digest) {
    return new Proof.Proven(new Binding(method, digest));
  }

  private static AccessToken token(Map<String, Object> claims) {
    return new AccessToken(ISSUER, "alice", "app", null, Set.of(), claims);
  }

  private static AccessToken bound(String... members) {
    Map<String, Object> cnf = new HashMap<>();
    for (String member : members) {
      cnf.put(member, RIGHTFUL.toBase64Url());
    }
    return token(Map.of("cnf", cnf));
  }

  private static CompletableFuture<Verification> valid(AccessToken token) {
    return CompletableFuture.completedFuture(new Verification.Valid(token));
  }

  private static BindingPolicy everywhere(Mode mode, Set<ConfirmationMethod> methods) {
    return BindingPolicy.everywhere(new Requirement(mode, methods));
  }

  private ProofVerifier mechanism(ConfirmationMethod method) {
    return new ProofVerifier() {
      @Override
      public ConfirmationMethod method() {
        return method;
      }

      @Override
      public Proof prove(RequestEvidence evidence, PresentedToken token) {
        steps.add("prove " + method.propertyName());
        return proofs.getOrDefault(method, Proof.Absent.ABSENT);
      }
    };
  }

  private BindingEnforcer enforcer() {
    return new BindingEnforcer(
        List.of(mechanism(CERTIFICATE), mechanism(DPOP)),
        token -> {
          steps.add("verify");
          return verification;
        },
        policy,
        (evidence, decision) -> {
          steps.add("hear");
          heard.add(decision);
        });
  }

  private Decision decide(String... authorization) {
    Decision decision = enforcer().decide(TestRequest.bearing(authorization));
    assertThat(heard).containsExactly(decision);
    return decision;
  }

  private Refusal refusal(String... authorization) {
    return ((Decision.Refused) decide(authorization)).refusal();
  }

  @Test
  void theStepsAreProveVerifyHear() {
    assertThat(decide("Bearer abc"))
        .isEqualTo(new Decision.Allowed(BOUND, new Binding(CERTIFICATE, RIGHTFUL), null));
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
        .isEqualTo(new Decision.Refused(Refusal.BINDING_NOT_PROVEN, "the proof is forged", null));
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
        .isEqualTo(new Decision.Allowed(BOUND, null, Refusal.BINDING_NOT_PROVEN));
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
    assertThat(decide("Bearer abc")).isEqualTo(new Decision.Allowed(BOUND, null, null));

    heard.clear();
    policy = byIssuer(Mode.OFF, Mode.REQUIRED);
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void whereThePolicyIsOffNothingIsProvenAndTheTokenIsVerified() {
    policy = everywhere(Mode.OFF, ALL);
    proofs.put(CERTIFICATE, REJECTED);

    assertThat(decide("Bearer abc")).isEqualTo(new Decision.Allowed(BOUND, null, null));
    assertThat(steps).containsExactly("verify", "hear");
  }

  /**
   * Each mode and scheme, with a token of this cnf: the refusal, {@code pass} or {@code report}.
   */
  @ParameterizedTest
  @CsvSource({
    "REQUIRED,    Bearer, none,     BINDING_REQUIRED",
    "WHEN_BOUND,  Bearer, none,     pass",
    "REPORT_ONLY, Bearer, none,     report BINDING_REQUIRED",
    "OFF,         Bearer, none,     pass",
    "REQUIRED,    DPoP,   none,     WRONG_SCHEME",
    "WHEN_BOUND,  DPoP,   none,     WRONG_SCHEME", // T25
    "REPORT_ONLY, DPoP,   none,     report WRONG_SCHEME",
    "OFF,         DPoP,   none,     pass",
    "REQUIRED,    Bearer, x5t#S256, bound",
    "WHEN_BOUND,  Bearer, x5t#S256, bound",
    "REPORT_ONLY, Bearer, x5t#S256, bound",
    "OFF,         Bearer, x5t#S256, pass",
    "REQUIRED,    DPoP,   x5t#S256, WRONG_SCHEME", // T37
    "WHEN_BOUND,  DPoP,   x5t#S256, WRONG_SCHEME", // T37
    "REPORT_ONLY, DPoP,   x5t#S256, report WRONG_SCHEME",
    "OFF,         DPoP,   x5t#S256, pass",
    "REQUIRED,    Bearer, jkt,      WRONG_SCHEME", // T24
    "WHEN_BOUND,  Bearer, jkt,      WRONG_SCHEME", // T24
    "REPORT_ONLY, Bearer, jkt,      report WRONG_SCHEME",
    "OFF,         Bearer, jkt,      pass",
    "REQUIRED,    DPoP,   jkt,      BINDING_NOT_PROVEN",
    "WHEN_BOUND,  DPoP,   jkt,      BINDING_NOT_PROVEN",
    "REPORT_ONLY, DPoP,   jkt,      report BINDING_NOT_PROVEN",
    "REQUIRED,    Bearer, foo,      UNUSABLE_CONFIRMATION", // T29
    "WHEN_BOUND,  Bearer, foo,      UNUSABLE_CONFIRMATION", // T29
    "REPORT_ONLY, Bearer, foo,      report UNUSABLE_CONFIRMATION",
    "REQUIRED,    DPoP,   foo,      UNUSABLE_CONFIRMATION",
    "OFF,         Bearer, foo,      pass",
    "WHEN_BOUND,  Bearer, tbh,      BINDING_NOT_PROVEN"
  })
  void everyModeSchemeAndConfirmation_T24_T25_T29_T36_T37(
      Mode mode, String scheme, String member, String expected) {
    AccessToken token = member.equals("none") ? UNBOUND : bound(member);
    policy = everywhere(mode, ALL);
    verification = valid(token);

    Decision decision = decide(scheme + " abc");

    if (decision instanceof Decision.Allowed allowed) {
      assertThat(allowed.token()).isSameAs(token);
      String outcome =
          allowed.reported() != null
              ? "report " + allowed.reported()
              : allowed.binding() != null ? "bound" : "pass";
      assertThat(outcome).isEqualTo(expected);
    } else {
      assertThat(((Decision.Refused) decision).refusal()).hasToString(expected);
      assertThat(((Decision.Refused) decision).token()).isSameAs(token);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WHEN_BOUND", "REQUIRED"})
  void aThiefsOwnCertificateIsAMismatch_T90(Mode mode) {
    policy = everywhere(mode, ALL);
    BindingEnforcer enforcer = enforcer();
    assertThat(enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isInstanceOf(Decision.Allowed.class);

    proofs.put(CERTIFICATE, STOLEN);
    assertThat(enforcer.decide(TestRequest.bearing("Bearer abc")))
        .isEqualTo(
            new Decision.Refused(Refusal.BINDING_MISMATCH, Refusal.BINDING_MISMATCH.text(), BOUND));

    proofs.remove(CERTIFICATE);
    assertThat(((Decision.Refused) enforcer.decide(TestRequest.bearing("Bearer abc"))).refusal())
        .isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void aKeyOfAnotherMethodWithTheSameDigestProvesNothing() {
    verification = valid(bound("jkt"));

    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
  }

  @Test
  void everyDemandedKeyMustBeProven_T31() {
    verification = valid(bound("x5t#S256", "jkt"));
    proofs.put(DPOP, proven(DPOP, RIGHTFUL));
    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);

    heard.clear();
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.WRONG_SCHEME);
    heard.clear();
    proofs.put(CERTIFICATE, STOLEN);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_MISMATCH);
    heard.clear();
    proofs.remove(CERTIFICATE);
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_NOT_PROVEN);
    heard.clear();
    proofs.put(CERTIFICATE, PROVEN);
    proofs.put(DPOP, proven(DPOP, THIEF));
    assertThat(refusal("DPoP abc")).isEqualTo(Refusal.BINDING_MISMATCH);
  }

  @Test
  void aBindingOfAMethodNotTakenHereIsRefusedThoughProven() {
    policy = everywhere(Mode.WHEN_BOUND, Set.of(DPOP));
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.METHOD_NOT_TAKEN);

    heard.clear();
    verification = valid(bound("x5t#S256", "jkt"));
    proofs.put(DPOP, proven(DPOP, RIGHTFUL));
    assertThat(decide("DPoP abc")).isInstanceOf(Decision.Allowed.class);
  }

  @Test
  void whereTwoReadingsShareNoMethodEveryBoundTokenIsRefused_T96() {
    policy =
        new BindingPolicy(
            new Requirement(Mode.REQUIRED, Set.of(CERTIFICATE)),
            List.of(
                new Rule(
                    List.of(PathPattern.parse("/admin")), Set.of(), Set.of(), null, Set.of(DPOP))));
    TestRequest plain = TestRequest.bearing("Bearer abc");

    assertThat(enforcer().decide(plain)).isInstanceOf(Decision.Allowed.class);
    assertThat(enforcer().decide(plain.raw("/x/..;/admin"))).isInstanceOf(Decision.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  void anInvalidTokenIsRefusedInEveryMode(Mode mode) {
    policy = everywhere(mode, ALL);
    verification = CompletableFuture.completedFuture(new Verification.Invalid("exp has passed"));

    assertThat(decide("Bearer abc"))
        .isEqualTo(new Decision.Refused(Refusal.INVALID_TOKEN, "exp has passed", null));
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
    verification =
        CompletableFuture.failedFuture(new IssuerUnavailableException("timed out", null));

    assertThat(decide("Bearer abc"))
        .isEqualTo(new Decision.Refused(Refusal.ISSUER_UNAVAILABLE, "timed out", null));
  }

  @Test
  void anOutageBehindDependentStagesOrThrownAtOnceIs503() {
    CompletableFuture<Verification> failed =
        CompletableFuture.failedFuture(new IssuerUnavailableException("timed out", null));
    verification = failed.thenApply(v -> v).thenCompose(CompletableFuture::completedFuture);
    assertThat(refusal("Bearer abc")).isEqualTo(Refusal.ISSUER_UNAVAILABLE);

    heard.clear();
    Decision decision =
        enforcer()
            .decide(
                TestRequest.bearing("Bearer abc"),
                token -> {
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

  @Test
  void everyRefusalOfATokenSaysTheSameToTheCaller_T103() {
    for (Refusal refusal : Refusal.values()) {
      assertThat(refusal.status()).isIn(400, 401, 503);
      if (refusal.status() == 401 && refusal != Refusal.NO_CREDENTIALS) {
        assertThat(refusal.error()).isEqualTo("invalid_token");
      }
    }
  }
}
