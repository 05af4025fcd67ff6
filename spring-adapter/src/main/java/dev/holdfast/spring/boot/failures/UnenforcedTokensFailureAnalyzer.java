package dev.holdfast.spring.boot.failures;

import dev.holdfast.spring.look.UnenforcedTokensException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says where tokens are taken without Holdfast, and what to do. */
final class UnenforcedTokensFailureAnalyzer
    extends AbstractFailureAnalyzer<UnenforcedTokensException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnenforcedTokensException cause) {
    return new FailureAnalysis(cause.problem() + ".", cause.action() + ".", cause);
  }
}
