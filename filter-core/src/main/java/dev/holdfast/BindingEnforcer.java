package dev.holdfast;

import dev.holdfast.BindingPolicy.Mode;
import dev.holdfast.BindingPolicy.Requirement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private final AccessTokenVerifier tokens;
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

  /**
   * Decides the request, and tells the listener.
   *
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(RequestEvidence evidence) {
    return decide(evidence, tokens);
  }

  /**
   * Decides the request with another verifier in the place of the usual one: for an edge whose
   * framework verifies tokens itself.
   *
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(RequestEvidence evidence, AccessTokenVerifier verifier) {
    Decision decision = take(evidence, verifier, null);
    listener.decided(evidence, decision);
    return decision;
  }

  /**
   * The same for a framework that has to know the decision while it verifies.
   *
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(RequestEvidence evidence, FrameworkVerifier verifier) {
    Decision decision = take(evidence, tokens, verifier);
    listener.decided(evidence, decision);
    return decision;
  }

  private Decision take(
      RequestEvidence evidence, AccessTokenVerifier verifier, @Nullable FrameworkVerifier other) {
    Presentation presentation = Presentation.in(evidence);
    if (presentation instanceof PresentedToken token) {
      return prove(evidence, token, verifier, other);
    }
    return new Decision.Refused(
        presentation instanceof Presentation.None none
            ? none.refusal()
            : Refusal.MALFORMED_CREDENTIALS);
  }

  private Decision prove(
      RequestEvidence evidence,
      PresentedToken token,
      AccessTokenVerifier verifier,
      @Nullable FrameworkVerifier other) {
    Requirement known = policy.beforeVerification(evidence);
    if (known != null && known.mode() == Mode.OFF) {
      return verify(evidence, token, verifier, other, known, NO_PROOFS);
    }
    Proof[] proofs = new Proof[mechanisms.size()];
    for (int i = 0; i < proofs.length; i++) {
      proofs[i] = mechanisms.get(i).prove(evidence, token);
      if (proofs[i] instanceof Proof.Rejected rejected && policy.refusesForEveryIssuer(evidence)) {
        return new Decision.Refused(rejected.refusal(), rejected.rule(), null).proving(proofs);
      }
    }
    return verify(evidence, token, verifier, other, known, proofs);
  }

  private Decision verify(
      RequestEvidence evidence,
      PresentedToken token,
      AccessTokenVerifier verifier,
      @Nullable FrameworkVerifier other,
      @Nullable Requirement known,
      Proof[] proofs) {
    try {
      return other != null
          ? other.verify(token, said -> conclude(evidence, token, said, known, proofs))
          : conclude(evidence, token, await(verifier.verify(token)), known, proofs);
    } catch (IssuerUnavailableException unavailable) {
      return new Decision.Refused(Refusal.ISSUER_UNAVAILABLE, unavailable.detail(), null)
          .proving(proofs);
    }
  }

  private Decision conclude(
      RequestEvidence evidence,
      PresentedToken token,
      Verification verification,
      @Nullable Requirement known,
      Proof[] proofs) {
    if (verification instanceof Verification.Valid valid) {
      Requirement requirement =
          known != null ? known : policy.afterVerification(evidence, valid.token().issuer());
      return confirm(evidence, token, valid.token(), requirement, proofs);
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
      return new Decision.Allowed(token, null, null);
    }
    Decision strict = Confirming.decide(presented.scheme(), token, requirement, proofs);
    if (strict instanceof Decision.Allowed allowed && allowed.binding() != null) {
      strict = Spender.spend(allowed, requirement, proofs);
    }
    if (!(strict instanceof Decision.Refused refused)) {
      return strict;
    }
    return requirement.mode() == Mode.REPORT_ONLY
        ? reported(evidence, presented, token, refused.proving(proofs))
        : refused.proving(proofs);
  }

  /** What came under the wrong scheme is told apart only here, where it is worth its cost. */
  private Decision reported(
      RequestEvidence evidence, PresentedToken presented, AccessToken token, Decision.Refused so) {
    Decision.Refused report = so;
    ProofVerifier dpop = mechanismOf(ConfirmationMethod.DPOP);
    if (so.refusal() == Refusal.WRONG_SCHEME
        && presented.scheme() == PresentedToken.Scheme.BEARER
        && dpop != null
        && token.confirmation() instanceof Confirmation.Bound bound) {
      for (Binding demanded : bound.demanded()) {
        if (demanded.method() == ConfirmationMethod.DPOP) {
          report = UnderBearer.report(evidence, presented, token, demanded, dpop);
        }
      }
    }
    return new Decision.Allowed(token, null, report, report.responseHeaders());
  }

  private @Nullable ProofVerifier mechanismOf(ConfirmationMethod method) {
    for (ProofVerifier mechanism : mechanisms) {
      if (mechanism.method() == method) {
        return mechanism;
      }
    }
    return null;
  }

  private static Verification await(CompletableFuture<Verification> future) {
    try {
      return future.get();
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
