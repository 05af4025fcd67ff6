package dev.holdfast;

import static dev.holdfast.ConfirmationMethod.CERTIFICATE;
import static dev.holdfast.ConfirmationMethod.DPOP;
import static dev.holdfast.PresentedToken.Scheme.BEARER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Requirement.Mode;
import dev.holdfast.dpop.DpopRefusals;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code report-only} says of a DPoP-bound token under Bearer; what a framework is told. */
class BindingEnforcerReportTest extends EnforcerFixture {
  private static final AccessToken JKT = bound("jkt");

  /** Any text: the fixture says what the mechanism makes of it. */
  private record WithProof(TestRequest request) implements RequestEvidence {
    @Override
    public String httpMethod() {
      return request.httpMethod();
    }

    @Override
    public String path() {
      return request.path();
    }

    @Override
    public String rawPath() {
      return request.rawPath();
    }

    @Override
    public String query() {
      return request.query();
    }

    @Override
    public List<String> headers(String name) {
      return name.equals("DPoP") ? List.of("proof") : request.headers(name);
    }

    @Override
    public X509Certificate clientCertificate() {
      return null;
    }
  }

  @BeforeEach
  void aDpopBoundToken() {
    policy = everywhere(Mode.REPORT_ONLY, ALL);
    verification = valid(JKT);
    proofs.clear();
  }

  private Decision.Refused report(Proof proof) {
    proofs.put(DPOP, proof);
    return report(new WithProof(TestRequest.bearing("Bearer abc")));
  }

  private Decision.Refused report(RequestEvidence evidence) {
    return ((Decision.Allowed) enforcer().decide(evidence)).report();
  }

  @Test
  void noProofAGoodOneAThiefsAndGarbageAreToldApart_C93_C38() {
    assertThat(report(TestRequest.bearing("Bearer abc")))
        .extracting(Decision.Refused::refusal, Decision.Refused::detail)
        .containsExactly(
            Refusal.BINDING_NOT_PROVEN, "a DPoP-bound token came under Bearer, with no proof");
    assertThat(report(proven(DPOP, RIGHTFUL)))
        .extracting(Decision.Refused::refusal, Decision.Refused::detail)
        .containsExactly(
            Refusal.WRONG_SCHEME,
            "a DPoP-bound token came under Bearer, with a good proof of its key");
    assertThat(report(proven(DPOP, THIEF)))
        .isEqualTo(
            new Decision.Refused(
                Refusal.BINDING_MISMATCH,
                "a DPoP-bound token came under Bearer, with a proof of another key",
                JKT,
                java.util.Map.of(),
                List.of(new Binding(DPOP, THIEF)),
                BEARER,
                demanded()));
  }

  @Test
  void garbageIsReportedAsWhatItIs_C93() {
    proofs.put(DPOP, Proof.Absent.ABSENT); // as the mechanism says for Bearer
    Function<PresentedToken.Scheme, Proof> byScheme =
        scheme ->
            scheme == ConfirmationMethod.DPOP.scheme()
                ? new Proof.Rejected(DpopRefusals.INVALID_DPOP_PROOF, "it is no JWS")
                : Proof.Absent.ABSENT;
    BindingEnforcer enforcer =
        new BindingEnforcer(
            List.of(
                new ProofVerifier() {
                  @Override
                  public ConfirmationMethod method() {
                    return DPOP;
                  }

                  @Override
                  public Proof prove(RequestEvidence evidence, PresentedToken token) {
                    return byScheme.apply(token.scheme());
                  }
                }),
            token -> verification,
            policy,
            EnforcementListener.silent());

    Decision decision = enforcer.decide(new WithProof(TestRequest.bearing("Bearer abc")));

    assertThat(((Decision.Allowed) decision).report())
        .extracting(Decision.Refused::refusal, Decision.Refused::detail)
        .containsExactly(
            DpopRefusals.INVALID_DPOP_PROOF,
            "a DPoP-bound token came under Bearer, with a proof that is wrong: it is no JWS");
  }

  @Test
  void whereThePolicyRefusesItIsTheWrongSchemeWhateverTheProof_C93() {
    policy = everywhere(Mode.REQUIRED, ALL);
    proofs.put(DPOP, proven(DPOP, RIGHTFUL));
    assertThat(enforcer().decide(new WithProof(TestRequest.bearing("Bearer abc"))))
        .extracting(decision -> ((Decision.Refused) decision).refusal())
        .isEqualTo(Refusal.WRONG_SCHEME);
  }

  @Test
  void aFrameworkHearsTheDecisionWhileItVerifies_C44() {
    policy = everywhere(Mode.REQUIRED, ALL);
    verification = valid(BOUND);
    proofs.put(CERTIFICATE, STOLEN);
    RequestEvidence evidence = TestRequest.bearing("Bearer abc");

    BindingEnforcer enforcer = enforcer();
    Decision decision =
        enforcer.decide(
            enforcer.question(evidence),
            (token, confirming) -> {
              Decision early = confirming.apply(new Verification.Valid(BOUND));
              assertThat(early).isInstanceOf(Decision.Refused.class);
              assertThat(heard).isEmpty();
              return early;
            });

    assertThat(heard).containsExactly(decision);
    assertThat(((Decision.Refused) decision).refusal()).isEqualTo(Refusal.BINDING_MISMATCH);
  }
}
