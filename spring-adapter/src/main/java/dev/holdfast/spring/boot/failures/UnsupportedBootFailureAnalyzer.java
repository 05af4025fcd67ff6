package dev.holdfast.spring.boot.failures;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which artifact to take. */
final class UnsupportedBootFailureAnalyzer
    extends AbstractFailureAnalyzer<UnsupportedBootException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnsupportedBootException cause) {
    return new FailureAnalysis(cause.problem() + ".", cause.action() + ".", cause);
  }
}
