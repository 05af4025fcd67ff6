package dev.holdfast.spring.boot.failures;

import dev.holdfast.spring.webflux.look.UnenforcedTokensException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The same on WebFlux; Boot passes over it where that module is not on the class path. */
final class UnenforcedReactiveTokensFailureAnalyzer
    extends AbstractFailureAnalyzer<UnenforcedTokensException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnenforcedTokensException cause) {
    return new FailureAnalysis(cause.problem() + ".", cause.action() + ".", cause);
  }
}
