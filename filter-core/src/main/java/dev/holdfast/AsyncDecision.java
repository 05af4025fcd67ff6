package dev.holdfast;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One decision that nobody waits for: the same steps in the same order, each begun when the one
 * before it is done.
 *
 * @param steps what is done between the answers
 * @param question what is to be decided
 * @param verifier who is asked about the token
 */
record AsyncDecision(DecisionSteps steps, Question question, AccessTokenVerifier verifier) {

  /** Completes exceptionally only for a bug. */
  CompletionStage<Decision> take() {
    if (!(question.presentation() instanceof PresentedToken token)) {
      return CompletableFuture.completedFuture(DecisionSteps.withoutToken(question));
    }
    Proof[] proofs = steps.unlessOff(question);
    Decision.Refused wrong = steps.prove(question, token, proofs);
    return wrong != null
        ? CompletableFuture.completedFuture(wrong)
        : ask(token)
            .handle(
                (said, failure) ->
                    failure == null ? conclude(token, said, proofs) : failed(failure, proofs))
            .thenCompose(decision -> decision);
  }

  /** Whatever is thrown here is a failure like any other. */
  private CompletableFuture<Verification> ask(PresentedToken token) {
    try {
      return verifier.verify(token);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private CompletionStage<Decision> conclude(
      PresentedToken token, Verification said, Proof[] proofs) {
    Decision strict = steps.confirm(question, token, said, proofs);
    return strict instanceof Decision.Allowed allowed && DecisionSteps.spends(allowed)
        ? Spender.spendAsync(allowed, proofs)
            .thenApply(spent -> steps.finish(question, token, allowed, spent, proofs))
        : CompletableFuture.completedFuture(strict);
  }

  private static CompletionStage<Decision> failed(Throwable failure, Proof[] proofs) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IssuerUnavailableException unavailable
        ? CompletableFuture.completedFuture(DecisionSteps.unavailable(unavailable, proofs))
        : CompletableFuture.failedFuture(
            new IllegalStateException("a token verifier failed", cause));
  }
}
