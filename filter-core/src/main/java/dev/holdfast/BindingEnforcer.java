package dev.holdfast;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One request, one direction: present, prove, verify, confirm, spend. What a rule demands of the
 * token beside its binding is looked at once the binding is confirmed. The enforcer knows no
 * framework and no mechanism; whatever it does not positively allow is refused.
 *
 * <p>Proofs come before the issuer is asked, so that a forged proof costs no network call. The
 * binding is compared on every request, whether or not the token's verification was cached. A proof
 * that counts once is spent last, so that a refused request leaves it as it was; that holds for
 * {@code report-only} too, whose reports would otherwise miss every replay.
 */
public final class BindingEnforcer {
  private final DecisionSteps steps;
  private final @Nullable AccessTokenVerifier tokens;
  private final EnforcementPolicy policy;
  private final EnforcementListener listener;
  private final @Nullable TokenScreen screen;

  /**
   * An enforcer of these parts.
   *
   * @param mechanisms at most one for each method
   */
  public BindingEnforcer(
      List<ProofVerifier> mechanisms,
      AccessTokenVerifier tokens,
      EnforcementPolicy policy,
      EnforcementListener listener) {
    this(mechanisms, policy, listener, tokens, AuthenticationClock.ofSystem(), null);
  }

  /**
   * An enforcer for a framework that verifies tokens by its own parts.
   *
   * @param mechanisms at most one for each method
   */
  public BindingEnforcer(
      List<ProofVerifier> mechanisms, EnforcementPolicy policy, EnforcementListener listener) {
    this(mechanisms, policy, listener, null, AuthenticationClock.ofSystem(), null);
  }

  private BindingEnforcer(
      List<ProofVerifier> mechanisms,
      EnforcementPolicy policy,
      EnforcementListener listener,
      @Nullable AccessTokenVerifier tokens,
      AuthenticationClock clock,
      @Nullable TokenScreen screen) {
    this.steps = new DecisionSteps(List.copyOf(mechanisms), policy, clock);
    this.tokens = tokens;
    this.policy = policy;
    this.listener = listener;
    this.screen = screen;
    List<ConfirmationMethod> methods = mechanisms.stream().map(ProofVerifier::method).toList();
    if (methods.stream().distinct().count() != methods.size()) {
      throw new IllegalArgumentException("two mechanisms prove the same method");
    }
    for (ConfirmationMethod method : methods) {
      if (!ConfirmationMethod.all().contains(method)) {
        throw new IllegalArgumentException(
            "the method "
                + method
                + " is not registered: name its provider in META-INF/services/"
                + ConfirmationMethodProvider.class.getName());
      }
    }
  }

  /** The same enforcer with another clock than the system's for {@code auth_time}. */
  public BindingEnforcer with(AuthenticationClock clock) {
    return new BindingEnforcer(steps.mechanisms(), policy, listener, tokens, clock, screen);
  }

  /** The same enforcer, which shows each token that others verify for it to this one. */
  public BindingEnforcer with(TokenScreen revocations) {
    return new BindingEnforcer(
        steps.mechanisms(), policy, listener, tokens, steps.clock(), revocations);
  }

  /** The policy that is enforced. */
  public EnforcementPolicy policy() {
    return policy;
  }

  /** What proves keys here, at most one for each method. */
  public List<ProofVerifier> mechanisms() {
    return steps.mechanisms();
  }

  /** What the request presents and what is demanded of it, before it is decided. */
  public Question question(RequestEvidence evidence) {
    return new Question(
        evidence, AuthorizationField.in(evidence), policy.beforeVerification(evidence));
  }

  /**
   * Decides the request, and tells the listener. It waits for the issuer and for the store of spent
   * proofs, where one of them has to be asked.
   *
   * @throws IllegalStateException for an enforcer whose framework verifies tokens
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(RequestEvidence evidence) {
    Question question = question(evidence);
    return heard(question, take(question, null));
  }

  /**
   * Decides the request over what a framework makes of its token, and tells the listener.
   *
   * @throws RuntimeException only for a bug; the request must then not be served
   */
  public Decision decide(Question question, FrameworkVerifier verifier) {
    return heard(question, take(question, verifier));
  }

  /**
   * Decides the request without blocking the caller, and tells the listener. The parts must not
   * block either: a verifier that calls its issuer on a thread of its own, a {@link ReplayGuard}
   * that asks its store asynchronously.
   *
   * @return completes with the decision, on whatever thread the last answer came; exceptionally
   *     only for a bug, and the request must then not be served
   * @throws IllegalStateException for an enforcer whose framework verifies tokens
   */
  public CompletionStage<Decision> decideAsync(RequestEvidence evidence) {
    return decideAsync(question(evidence), own());
  }

  /**
   * The same over another verifier of tokens, a framework's for example.
   *
   * @param verifier asked once at most, for the token of the question
   */
  public CompletionStage<Decision> decideAsync(Question question, AccessTokenVerifier verifier) {
    return new AsyncDecision(steps, question, screened(verifier))
        .take()
        .thenApply(decision -> heard(question, decision));
  }

  private Decision heard(Question question, Decision taken) {
    Decision decision =
        taken instanceof Decision.Refused refused && refused.scheme() == null
            ? refused.restingOn(question.scheme(), question.requirement())
            : taken;
    listener.decided(question.evidence(), decision);
    return decision;
  }

  /** Decides over what the framework makes of the token, or this enforcer's own verifier. */
  private Decision take(Question question, @Nullable FrameworkVerifier framework) {
    if (!(question.presentation() instanceof PresentedToken token)) {
      return DecisionSteps.withoutToken(question);
    }
    Proof[] proofs = steps.unlessOff(question);
    Decision.Refused wrong = steps.prove(question, token, proofs);
    return wrong != null ? wrong : verify(question, token, framework, proofs);
  }

  private AccessTokenVerifier screened(AccessTokenVerifier verifier) {
    TokenScreen last = screen;
    return last == null
        ? verifier
        : token ->
            verifier
                .verify(token)
                .thenCompose(
                    said ->
                        said instanceof Verification.Valid valid
                            ? last.screen(token, valid)
                            : CompletableFuture.completedFuture(said));
  }

  private Decision verify(
      Question question,
      PresentedToken token,
      @Nullable FrameworkVerifier framework,
      Proof[] proofs) {
    try {
      return framework != null
          ? framework.verify(
              token, said -> conclude(question, token, screened(token, said), proofs))
          : conclude(question, token, ask(token), proofs);
    } catch (IssuerUnavailableException unavailable) {
      return DecisionSteps.unavailable(unavailable, proofs);
    }
  }

  private Decision conclude(
      Question question, PresentedToken token, Verification verification, Proof[] proofs) {
    Decision strict = steps.confirm(question, token, verification, proofs);
    return strict instanceof Decision.Allowed allowed && DecisionSteps.spends(allowed)
        ? steps.finish(question, token, allowed, Spender.spend(allowed, proofs), proofs)
        : strict;
  }

  private AccessTokenVerifier own() {
    if (tokens == null) {
      throw new IllegalStateException("only a framework verifies tokens for this enforcer");
    }
    return tokens;
  }

  private Verification screened(PresentedToken token, Verification said) {
    return screen != null && said instanceof Verification.Valid valid
        ? awaited(screen.screen(token, valid))
        : said;
  }

  private Verification ask(PresentedToken token) {
    return awaited(own().verify(token));
  }

  private static Verification awaited(CompletableFuture<Verification> answer) {
    try {
      return answer.get();
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
}
