package dev.holdfast;

import java.util.List;

/**
 * Tells apart what comes under {@code Bearer} with a token whose method has a scheme of its own,
 * for reports: a client that only has to change its scheme, one that sends no proof yet, and
 * somebody else.
 */
final class UnderBearer {
  private UnderBearer() {}

  /** The same refusal, or what it is of these four cases. */
  static Decision.Refused toldApart(
      Decision.Refused so,
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      List<ProofVerifier> mechanisms) {
    Decision.Refused report = so;
    if (so.refusal() == Refusal.WRONG_SCHEME
        && presented.scheme() == PresentedToken.Scheme.BEARER
        && token.confirmation() instanceof Confirmation.Bound bound) {
      for (Binding demanded : bound.demanded()) {
        for (ProofVerifier mechanism : mechanisms) {
          if (mechanism.method() == demanded.method() && demanded.method().hasOwnScheme()) {
            report =
                report(evidence, presented, token, demanded, mechanism)
                    .restingOn(so.scheme(), so.requirement());
          }
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
      ProofVerifier mechanism) {
    ConfirmationMethod method = demanded.method();
    if (method.requestHeaders().stream().allMatch(name -> evidence.headers(name).isEmpty())) {
      return refused(Refusal.BINDING_NOT_PROVEN, method, "with no proof", token);
    }
    Proof proof =
        OwnProof.of(mechanism, mechanism.prove(evidence, presented.under(method.scheme())));
    if (proof instanceof Proof.Rejected rejected) {
      return refused(
          rejected.refusal(), method, "with a proof that is wrong: " + rejected.rule(), token);
    }
    Decision.Refused refused =
        proof instanceof Proof.Proven proven && proven.binding().equals(demanded)
            ? refused(Refusal.WRONG_SCHEME, method, "with a good proof of its key", token)
            : refused(Refusal.BINDING_MISMATCH, method, "with a proof of another key", token);
    return refused.proving(new Proof[] {proof});
  }

  private static Decision.Refused refused(
      Refusal refusal, ConfirmationMethod method, String rest, AccessToken token) {
    return new Decision.Refused(
        refusal, "a " + method.scheme().text() + "-bound token came under Bearer, " + rest, token);
  }
}
