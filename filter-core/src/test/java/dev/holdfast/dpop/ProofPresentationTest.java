package dev.holdfast.dpop;

import static dev.holdfast.dpop.ProofSpecimen.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.PresentedToken;
import dev.holdfast.Proof;
import org.junit.jupiter.api.Test;

/** How a proof comes, and to which request: one valid specimen, one mutation. */
class ProofPresentationTest {
  private final DpopFixture dpop = new DpopFixture();

  private static ProofSpecimen es256() {
    return ProofSpecimen.es256();
  }

  @Test
  void aProofUnderBearerIsNotLookedAt() {
    DpopVerifier verifier =
        new DpopVerifier(DpopRules.DEFAULTS, DpopNonces.never(), dpop.guard, dpop.clock);

    assertThat(
            verifier.prove(
                ProofRequest.with("garbage"),
                PresentedToken.of(PresentedToken.Scheme.BEARER, "a.bound.token")))
        .isEqualTo(Proof.Absent.ABSENT);
  }

  @Test
  void noProofUnderDpopIsRefused_T24() {
    assertThat(dpop.prove(ProofRequest.with()))
        .isEqualTo(new Proof.Rejected(DpopRefusals.INVALID_DPOP_PROOF, "there is no proof"));
  }

  @Test
  void twoProofsOrACommaAreRefused_T64() {
    String good = es256().text();

    assertThat(dpop.verdict(good, good)).isEqualTo("there is more than one proof");
    assertThat(dpop.verdict(good + "," + good)).isNotEqualTo("ok");
    assertThat(dpop.verdict(good + ",")).isEqualTo("a part is not canonical base64url");
    assertThat(dpop.verdict(good)).isEqualTo("ok");
  }

  @Test
  void theSameProofAgainIsRefused_T51() {
    String good = es256().text();

    assertThat(dpop.verdict(good)).isEqualTo("ok");
    assertThat(dpop.verdict(good)).isEqualTo(DpopRefusals.DPOP_PROOF_SPENT.name());
  }

  @Test
  void theSameIdentifierInAnotherProofOfTheKeyIsRefused_T51() {
    ProofSpecimen later = es256().claim("iat", NOW.getEpochSecond() + 5);

    assertThat(dpop.verdict(es256().text())).isEqualTo("ok");
    assertThat(dpop.verdict(later.text())).isEqualTo(DpopRefusals.DPOP_PROOF_SPENT.name());
    assertThat(dpop.verdict(later.claim("jti", "another").text())).isEqualTo("ok");
    assertThat(dpop.verdict(ProofSpecimen.es256(ProofSpecimen.pair("EC", 256)).text()))
        .as("the same jti of another key")
        .isEqualTo("ok");
  }

  @Test
  void aProofIsSpentWhenItIsSpentAndNotBefore_T53() {
    ProofRequest request = ProofRequest.with(es256().text());

    assertThat(dpop.prove(request)).isInstanceOf(Proof.Proven.class);
    assertThat(dpop.prove(request)).isInstanceOf(Proof.Proven.class);
    assertThat(dpop.guard.entries()).isZero();
    assertThat(dpop.verdict(request)).isEqualTo("ok");
    assertThat(dpop.guard.entries()).isEqualTo(1);
  }

  @Test
  void theTargetIsTheRequestsOwn_T56() {
    ProofRequest request = ProofRequest.with(es256().text());

    assertThat(dpop.verdict(request.target("https://API.example:443/a/../payments?x=1#f")))
        .isEqualTo("ok");
    assertThat(dpop.verdict(request.target("https://api.example:8443/payments")))
        .isEqualTo("htu is not the request's target URI");
    assertThat(dpop.verdict(request.target(null)))
        .isEqualTo("the request's own target URI is not known");
  }

  @Test
  void theMethodIsTheRequestsOwn_T57() {
    assertThat(dpop.verdict(ProofRequest.with(es256().text()).method("DELETE")))
        .isEqualTo("htm is not the request's method");
  }
}
