package dev.holdfast;

import dev.holdfast.Requirement.Mode;

/** The comparison itself: demanded keys against proven keys, with no mode that looks away. */
final class Confirming {
  private Confirming() {}

  static Decision decide(
      PresentedToken.Scheme scheme, AccessToken token, Requirement requirement, Proof[] proofs) {
    for (Proof proof : proofs) {
      if (proof instanceof Proof.Rejected rejected) {
        return new Decision.Refused(rejected.refusal(), rejected.rule(), token);
      }
    }
    if (token.confirmation() instanceof Confirmation.Bound bound) {
      return decideBound(scheme, token, bound, requirement, proofs);
    }
    if (token.confirmation() instanceof Confirmation.Unusable unusable) {
      return new Decision.Refused(Refusal.UNUSABLE_CONFIRMATION, unusable.rule(), token);
    }
    if (scheme != PresentedToken.Scheme.BEARER) {
      return refused(Refusal.WRONG_SCHEME, token);
    }
    return requirement.mode() == Mode.WHEN_BOUND
        ? new Decision.Allowed(token, scheme, requirement, null)
        : refused(Refusal.BINDING_REQUIRED, token);
  }

  private static Decision decideBound(
      PresentedToken.Scheme scheme,
      AccessToken token,
      Confirmation.Bound bound,
      Requirement requirement,
      Proof[] proofs) {
    if (!bound.fits(scheme)) {
      return refused(Refusal.WRONG_SCHEME, token);
    }
    boolean methodTaken = false;
    boolean allOfKindDemanded = true;
    boolean allProven = true;
    for (int i = 0; i < bound.demanded().size(); i++) { // no early exit: the time tells nothing
      Binding demanded = bound.demanded().get(i);
      methodTaken |= requirement.methods().contains(demanded.method());
      boolean ofKind = false;
      boolean proven = false;
      for (Proof proof : proofs) {
        if (proof instanceof Proof.Proven candidate
            && candidate.binding().method() == demanded.method()) {
          ofKind = true;
          proven |= candidate.binding().digest().equals(demanded.digest());
        }
      }
      allOfKindDemanded &= ofKind;
      allProven &= proven;
    }
    if (!methodTaken) {
      return refused(Refusal.METHOD_NOT_TAKEN, token);
    }
    if (allProven) {
      return new Decision.Allowed(token, scheme, requirement, bound.demanded().get(0));
    }
    return refused(
        allOfKindDemanded ? Refusal.BINDING_MISMATCH : Refusal.BINDING_NOT_PROVEN, token);
  }

  private static Decision refused(Refusal refusal, AccessToken token) {
    return new Decision.Refused(refusal, refusal.text(), token);
  }
}
