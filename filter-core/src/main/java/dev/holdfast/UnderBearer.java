package dev.holdfast;

/**
 * Tells apart what comes under {@code Bearer} with a DPoP-bound token, for reports: a client that
 * only has to change its scheme, one that sends no proof yet, and somebody else.
 */
final class UnderBearer {
  private static final String BEGIN = "a DPoP-bound token came under Bearer, ";

  private UnderBearer() {}

  /** The same refusal, or what it is of these four cases. */
  static Decision.Refused toldApart(
      Decision.Refused so,
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      ProofVerifier dpop) {
    Decision.Refused report = so;
    if (so.refusal() == Refusal.WRONG_SCHEME
        && presented.scheme() == PresentedToken.Scheme.BEARER
        && token.confirmation() instanceof Confirmation.Bound bound) {
      for (Binding demanded : bound.demanded()) {
        if (demanded.method() == ConfirmationMethod.DPOP) {
          report =
              report(evidence, presented, token, demanded, dpop)
                  .restingOn(so.scheme(), so.requirement());
        }
      }
    }
    return report;
  }

  private static Decision.Refused report(
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      Binding demanded,
      ProofVerifier dpop) {
    if (evidence.headers(PresentedToken.Scheme.DPOP.text()).isEmpty()) {
      return refused(Refusal.BINDING_NOT_PROVEN, "with no proof", token);
    }
    Proof proof = dpop.prove(evidence, presented.under(PresentedToken.Scheme.DPOP));
    if (proof instanceof Proof.Rejected rejected) {
      return refused(rejected.refusal(), "with a proof that is wrong: " + rejected.rule(), token);
    }
    Decision.Refused refused =
        proof instanceof Proof.Proven proven && proven.binding().equals(demanded)
            ? refused(Refusal.WRONG_SCHEME, "with a good proof of its key", token)
            : refused(Refusal.BINDING_MISMATCH, "with a proof of another key", token);
    return refused.proving(new Proof[] {proof});
  }

  private static Decision.Refused refused(Refusal refusal, String rest, AccessToken token) {
    return new Decision.Refused(refusal, BEGIN + rest, token);
  }
}
