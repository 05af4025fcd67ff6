package dev.holdfast.http;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.BindingPolicy;
import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import dev.holdfast.ConfirmationMethod;
import dev.holdfast.Decision;
import dev.holdfast.PresentedToken.Scheme;
import dev.holdfast.Question;
import dev.holdfast.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** What answers the decision, with the header fields that it brings. */
  public Challenge of(Decision.Refused refused) {
    return of(
        refused.refusal(), refused.responseHeaders(), refused.scheme(), refused.requirement());
  }

  /** What answers a request with this refusal that nobody has decided. */
  public Challenge of(Refusal refusal, Question question) {
    return of(refusal, Map.of(), question.scheme(), question.requirement());
  }

  private Challenge of(
      Refusal refusal,
      Map<String, String> headers,
      @Nullable Scheme used,
      @Nullable Requirement demanded) {
    boolean dpop = takes(demanded, Scheme.DPOP);
    boolean bearer = takes(demanded, Scheme.BEARER) || !dpop;
    boolean underDpop = dpop && (!bearer || used == Scheme.DPOP);
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

  /**
   * Whether a token under this scheme could pass where this is demanded.
   *
   * @param demanded null where only the token's issuer will tell
   */
  public boolean takes(@Nullable Requirement demanded, Scheme scheme) {
    if (scheme == Scheme.DPOP && algorithms.isEmpty()) {
      return false;
    }
    List<Requirement> possible = demanded == null ? policy.requirements() : List.of(demanded);
    return possible.stream().anyMatch(requirement -> passes(requirement, scheme));
  }

  private static boolean passes(Requirement requirement, Scheme scheme) {
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
}
