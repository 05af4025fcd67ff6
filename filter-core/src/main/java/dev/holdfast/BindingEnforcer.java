package dev.holdfast;

import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One request, one direction: present, prove, verify, confirm, spend. It knows no framework and no
 * mechanism; whatever it does not positively allow is refused.
 *
 * <p>Proofs come before the issuer is asked, so that a forged proof costs no network call. The
 * binding is compared on every request, whether or not the token's verification was cached. A proof
 * that counts once is spent last, so that a refused request leaves it as it was; that holds for
 * {@code report-only} too, whose reports would otherwise miss every replay.
 */
public final class BindingEnforcer {
  private final List<ProofVerifier> mechanisms;
  private final @Nullable AccessTokenVerifier tokens;
  private final BindingPolicy policy;
  private final EnforcementListener listener;

  /**
   * An enforcer of these parts.
   *
   * @param mechanisms at most one for each method
   */
  public BindingEnforcer(
      List<ProofVerifier> mechanisms,
      AccessTokenVerifier tokens,
      BindingPolicy policy,
      EnforcementListener listener) {
    this(mechanisms, policy, listener, tokens);
  }

  /**
   * An enforcer for a framework that verifies tokens by its own parts.
   *
   * @param mechanisms at most one for each method
   */
  public BindingEnforcer(
      List<ProofVerifier> mechanisms, BindingPolicy policy, EnforcementListener listener) {
    this(mechanisms, policy, listener, null);
  }

  private BindingEnforcer(
      List<ProofVerifier> mechanisms,
      BindingPolicy policy,
      EnforcementListener listener,
      @Nullable AccessTokenVerifier tokens) {
    this.mechanisms = List.copyOf(mechanisms);
    this.tokens = tokens;
    this.policy = policy;
    this.listener = listener;
    if (mechanisms.stream().map(ProofVerifier::method).distinct().count() != mechanisms.size()) {
      throw new IllegalArgumentException("two mechanisms prove the same method");
    }
  }

  /** The policy that is enforced. */
  public BindingPolicy policy() {
    return policy;
  }

  /**
   * The JWS algorithms in which proofs by this method are taken; none when no mechanism here proves
   * it, or its proofs are no JWS.
   */
  public List<String> proofAlgorithms(ConfirmationMethod method) {
    ProofVerifier mechanism = mechanismOf(method);
    return mechanism == null ? List.of() : mechanism.proofAlgorithms();
  }

  /** What the request presents and what is demanded of it, before it is decided. */
  public Question question(RequestEvidence evidence) {
    return new Question(evidence, Presentation.in(evidence), policy.beforeVerification(evidence));
  }

  /**
   * Decides the request, and tells the listener.
   *
   * @throws IllegalStateException for an enforcer whose framework verifies tokens
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(RequestEvidence evidence) {
    return heard(question(evidence), null);
  }

  /**
   * Decides the request over what a framework makes of its token, and tells the listener.
   *
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(Question question, FrameworkVerifier verifier) {
    return heard(question, verifier);
  }

  /** Decides over what the framework makes of the token, or this enforcer's own verifier. */
  private Decision heard(Question question, @Nullable FrameworkVerifier framework) {
    Decision decision = take(question, framework);
    if (decision instanceof Decision.Refused refused && refused.scheme() == null) {
      decision = refused.restingOn(question.scheme(), question.requirement());
    }
    listener.decided(question.evidence(), decision);
    return decision;
  }

  private Decision take(Question question, @Nullable FrameworkVerifier framework) {
    if (question.presentation() instanceof PresentedToken token) {
      return prove(question, token, framework);
    }
    return new Decision.Refused(
        question.presentation() instanceof Presentation.None none
            ? none.refusal()
            : Refusal.MALFORMED_CREDENTIALS);
  }

  private Decision prove(
      Question question, PresentedToken token, @Nullable FrameworkVerifier framework) {
    Requirement known = question.requirement();
    if (known != null && known.mode() == Mode.OFF) {
      return verify(question, token, framework, NO_PROOFS);
    }
    RequestEvidence evidence = question.evidence();
    Proof[] proofs = new Proof[mechanisms.size()];
    for (int i = 0; i < proofs.length; i++) {
      proofs[i] = mechanisms.get(i).prove(evidence, token);
      if (proofs[i] instanceof Proof.Rejected rejected && refuses(known, evidence)) {
        return new Decision.Refused(rejected.refusal(), rejected.rule(), null).proving(proofs);
      }
    }
    return verify(question, token, framework, proofs);
  }

  private boolean refuses(@Nullable Requirement known, RequestEvidence evidence) {
    return known == null ? policy.refusesForEveryIssuer(evidence) : known.mode().refuses();
  }

  private Decision verify(
      Question question,
      PresentedToken token,
      @Nullable FrameworkVerifier framework,
      Proof[] proofs) {
    try {
      return framework != null
          ? framework.verify(token, said -> conclude(question, token, said, proofs))
          : conclude(question, token, ask(token), proofs);
    } catch (IssuerUnavailableException unavailable) {
      return new Decision.Refused(Refusal.ISSUER_UNAVAILABLE, unavailable.detail(), null)
          .proving(proofs);
    }
  }

  private Decision conclude(
      Question question, PresentedToken token, Verification verification, Proof[] proofs) {
    if (verification instanceof Verification.Valid valid) {
      Requirement known = question.requirement();
      Requirement requirement =
          known != null
              ? known
              : policy.afterVerification(question.evidence(), valid.token().issuer());
      return confirm(question.evidence(), token, valid.token(), requirement, proofs);
    }
    String rule = verification instanceof Verification.Invalid invalid ? invalid.rule() : "none";
    return new Decision.Refused(Refusal.INVALID_TOKEN, rule, null).proving(proofs);
  }

  private Decision confirm(
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      Requirement requirement,
      Proof[] proofs) {
    if (requirement.mode() == Mode.OFF) {
      return new Decision.Allowed(token, presented.scheme(), requirement, null);
    }
    Decision strict = Confirming.decide(presented.scheme(), token, requirement, proofs);
    if (strict instanceof Decision.Allowed allowed && allowed.binding() != null) {
      strict = Spender.spend(allowed, proofs);
    }
    if (!(strict instanceof Decision.Refused refused)) {
      return strict;
    }
    Decision.Refused known = refused.proving(proofs).restingOn(presented.scheme(), requirement);
    return requirement.mode() == Mode.REPORT_ONLY
        ? reported(evidence, presented, token, requirement, known)
        : known;
  }

  /** What came under the wrong scheme is told apart only here, where it is worth its cost. */
  private Decision reported(
      RequestEvidence evidence,
      PresentedToken presented,
      AccessToken token,
      Requirement requirement,
      Decision.Refused so) {
    Decision.Refused report = so;
    ProofVerifier dpop = mechanismOf(ConfirmationMethod.DPOP);
    if (so.refusal() == Refusal.WRONG_SCHEME
        && presented.scheme() == PresentedToken.Scheme.BEARER
        && dpop != null
        && token.confirmation() instanceof Confirmation.Bound bound) {
      for (Binding demanded : bound.demanded()) {
        if (demanded.method() == ConfirmationMethod.DPOP) {
          report =
              UnderBearer.report(evidence, presented, token, demanded, dpop)
                  .restingOn(presented.scheme(), requirement);
        }
      }
    }
    return new Decision.Allowed(
        token, presented.scheme(), requirement, null, report, report.responseHeaders());
  }

  private @Nullable ProofVerifier mechanismOf(ConfirmationMethod method) {
    for (ProofVerifier mechanism : mechanisms) {
      if (mechanism.method() == method) {
        return mechanism;
      }
    }
    return null;
  }

  private Verification ask(PresentedToken token) {
    if (tokens == null) {
      throw new IllegalStateException("only a framework verifies tokens for this enforcer");
    }
    try {
      return tokens.verify(token).get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IssuerUnavailableException("interrupted while the issuer was asked", interrupted);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof IssuerUnavailableException unavailable) {
        throw unavailable;
      }
      throw new IllegalStateException("a token verifier failed", cause);
    }
  }

  private static final Proof[] NO_PROOFS = {};
}
