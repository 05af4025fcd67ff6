package dev.holdfast;

import dev.holdfast.Requirement.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a decision between which somebody may have to be waited for. Each of them asks
 * nobody and writes nothing.
 *
 * @param mechanisms at most one for each method
 * @param policy what is required where
 * @param clock tells how long ago a user authenticated
 */
record DecisionSteps(
    List<ProofVerifier> mechanisms, EnforcementPolicy policy, AuthenticationClock clock) {
  private static final Proof[] NO_PROOFS = {};

  static Decision.Refused withoutToken(Question question) {
    return new Decision.Refused(
        question.presentation() instanceof Presentation.None none
            ? none.refusal()
            : Refusal.MALFORMED_CREDENTIALS);
  }

  /** A place for the proof of each mechanism; none where no binding is looked at. */
  Proof[] unlessOff(Question question) {
    Requirement known = question.requirement();
    return known != null && known.mode() == Mode.OFF ? NO_PROOFS : new Proof[mechanisms.size()];
  }

  /** Fills in the proofs, up to one that is wrong and refuses the request. */
  Decision.@Nullable Refused prove(Question question, PresentedToken token, Proof[] proofs) {
    RequestEvidence evidence = question.evidence();
    for (int i = 0; i < proofs.length; i++) {
      proofs[i] = OwnProof.of(mechanisms.get(i), mechanisms.get(i).prove(evidence, token));
      if (proofs[i] instanceof Proof.Rejected rejected
          && refuses(question.requirement(), evidence)) {
        return new Decision.Refused(rejected.refusal(), rejected.rule(), null).proving(proofs);
      }
    }
    return null;
  }

  private boolean refuses(@Nullable Requirement known, RequestEvidence evidence) {
    return known == null ? policy.refusesForEveryIssuer(evidence) : known.mode().refuses();
  }

  static Decision.Refused unavailable(IssuerUnavailableException unavailable, Proof[] proofs) {
    Duration rest = unavailable.retryAfter();
    return new Decision.Refused(
            Refusal.ISSUER_UNAVAILABLE,
            unavailable.detail(),
            null,
            rest == null ? Map.of() : Map.of("Retry-After", Long.toString(secondsOf(rest))))
        .proving(proofs);
  }

  /** Whole seconds, and never one too few. */
  private static long secondsOf(Duration rest) {
    return rest.plusSeconds(1).minusNanos(1).toSeconds();
  }

  /**
   * What holds before anything is spent: allowed as far as the token and its binding go, or
   * refused. Under {@code report-only} a refusal is {@link Decision.Allowed#report}ed already.
   */
  Decision confirm(
      Question question, PresentedToken presented, Verification verification, Proof[] proofs) {
    if (!(verification instanceof Verification.Valid valid)) {
      String rule = verification instanceof Verification.Invalid invalid ? invalid.rule() : "none";
      return new Decision.Refused(Refusal.INVALID_TOKEN, rule, null).proving(proofs);
    }
    Requirement known = question.requirement();
    Requirement requirement =
        known != null
            ? known
            : policy.afterVerification(question.evidence(), valid.token().issuer());
    if (requirement.mode() == Mode.OFF) {
      return new Decision.Allowed(valid.token(), presented.scheme(), requirement, null);
    }
    Decision strict = Confirming.decide(presented.scheme(), valid.token(), requirement, proofs);
    return strict instanceof Decision.Allowed confirmed
        ? withinRule(confirmed, proofs)
        : refusedOrReported(
            question, presented, valid.token(), requirement, (Decision.Refused) strict, proofs);
  }

  /**
   * Only a caller who has proven the key learns what else the token lacks. Under {@code
   * report-only} the binding stays confirmed, so that its proof is spent and a replay reported.
   */
  private Decision withinRule(Decision.Allowed confirmed, Proof[] proofs) {
    Requirement requirement = confirmed.requirement();
    if (requirement.token().isNone()) {
      return confirmed;
    }
    Decision.Refused lacking = Strength.lacking(confirmed.token(), requirement.token(), clock);
    if (lacking == null) {
      return confirmed;
    }
    Decision.Refused known = lacking.proving(proofs).restingOn(confirmed.scheme(), requirement);
    return requirement.mode() == Mode.REPORT_ONLY
        ? new Decision.Allowed(
            confirmed.token(),
            confirmed.scheme(),
            requirement,
            confirmed.binding(),
            known,
            confirmed.responseHeaders())
        : known;
  }

  /** Whether something is left to spend: only what confirmed a binding is. */
  static boolean spends(Decision.Allowed allowed) {
    return allowed.binding() != null;
  }

  /** What became of a request after its proofs were spent, or were not to be. */
  Decision finish(
      Question question,
      PresentedToken presented,
      Decision.Allowed allowed,
      Decision spent,
      Proof[] proofs) {
    return spent instanceof Decision.Refused refused
        ? refusedOrReported(
            question, presented, allowed.token(), allowed.requirement(), refused, proofs)
        : spent;
  }

  private Decision refusedOrReported(
      Question question,
      PresentedToken presented,
      AccessToken token,
      Requirement requirement,
      Decision.Refused refused,
      Proof[] proofs) {
    Decision.Refused known = refused.proving(proofs).restingOn(presented.scheme(), requirement);
    return requirement.mode() == Mode.REPORT_ONLY
        ? reported(question.evidence(), presented, token, requirement, known)
        : known;
  }

  /** What came under the wrong scheme is told apart only here, where it is worth its cost. */
  private Decision reported(
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      Requirement requirement,
      Decision.Refused so) {
    Decision.Refused report = UnderBearer.toldApart(so, evidence, presented, token, mechanisms);
    return new Decision.Allowed(
        token, presented.scheme(), requirement, null, report, report.responseHeaders());
  }
}
