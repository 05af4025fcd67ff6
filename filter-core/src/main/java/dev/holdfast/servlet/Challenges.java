package dev.holdfast.servlet;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.BindingPolicy;
import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.Presentation;
import dev.holdfast.PresentedToken;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Refusal;
import dev.holdfast.RequestEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The challenges of one enforcer: one for each scheme that is taken at the place of the request,
 * and the error under the scheme that the caller used (RFC 9449 section 7.1). The challenge that
 * carries the error stands first, because some clients read the first one only. Which error it is,
 * and where, depends on what the caller sent and on the policy, never on which part of a token or
 * proof was wrong.
 */
public final class Challenges {
  private final BindingPolicy policy;
  private final List<String> algorithms;

  /** Challenges that name the algorithms of this enforcer's proofs. */
  public Challenges(BindingEnforcer enforcer) {
    this.policy = enforcer.policy();
    this.algorithms = enforcer.proofAlgorithms(ConfirmationMethod.DPOP);
  }

  /** What answers the decision about this request, with the header fields that it brings. */
  public Challenge of(Decision.Refused refused, RequestEvidence evidence) {
    return of(refused.refusal(), refused.responseHeaders(), evidence);
  }

  /** What answers this refusal. */
  public Challenge of(Refusal refusal, RequestEvidence evidence) {
    return of(refusal, Map.of(), evidence);
  }

  private Challenge of(Refusal refusal, Map<String, String> headers, RequestEvidence evidence) {
    boolean dpop = takes(evidence, Scheme.DPOP);
    boolean bearer = takes(evidence, Scheme.BEARER) || !dpop;
    boolean underDpop = dpop && (!bearer || usedDpop(evidence));
    List<String> challenges = new ArrayList<>(2);
    if (underDpop) {
      challenges.add(ChallengeText.dpop(refusal, algorithms)); // first: the one with the error
    }
    if (bearer) {
      challenges.add(underDpop ? ChallengeText.bearer() : ChallengeText.bearer(refusal));
    }
    if (dpop && !underDpop) {
      challenges.add(ChallengeText.dpop(algorithms));
    }
    return Challenge.of(refusal, challenges, headers);
  }

  /** Whether a token under this scheme could pass at the place of the request. */
  public boolean takes(RequestEvidence evidence, Scheme scheme) {
    if (scheme == Scheme.DPOP && algorithms.isEmpty()) {
      return false;
    }
    Requirement known = policy.beforeVerification(evidence);
    List<Requirement> possible = known == null ? policy.requirements() : List.of(known);
    return possible.stream().anyMatch(requirement -> takes(requirement, scheme));
  }

  private static boolean takes(Requirement requirement, Scheme scheme) {
    boolean binds = requirement.mode() != Mode.OFF;
    boolean takesDpop = binds && requirement.methods().contains(ConfirmationMethod.DPOP);
    return scheme == Scheme.DPOP
        ? takesDpop
        : requirement.mode() != Mode.REQUIRED || !takesDpop || requirement.methods().size() > 1;
  }

  /** What a client that knows DPoP alone must be told, {@code DPoP algs="ES256"} for example. */
  public String dpop() {
    return ChallengeText.dpop(algorithms);
  }

  private static boolean usedDpop(RequestEvidence evidence) {
    return Presentation.in(evidence) instanceof PresentedToken token
        && token.scheme() == Scheme.DPOP;
  }
}
