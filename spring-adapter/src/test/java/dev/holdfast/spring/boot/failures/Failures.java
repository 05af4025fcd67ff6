package dev.holdfast.spring.boot.failures;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What an operator reads when a start fails. */
public final class Failures {
  private Failures() {}

  /** Of a setting; null when the start failed over something else. */
  public static @Nullable FailureAnalysis ofSetting(Throwable failure) {
    return new InvalidSettingFailureAnalyzer().analyze(failure);
  }

  /** Of tokens that nobody enforces; null when the start failed over something else. */
  public static @Nullable FailureAnalysis ofTokens(Throwable failure) {
    return new UnenforcedTokensFailureAnalyzer().analyze(failure);
  }

  /** Of a decoder that is not there; null when the start failed over something else. */
  public static @Nullable FailureAnalysis ofVerifier(Throwable failure) {
    return new MissingVerifierFailureAnalyzer().analyze(failure);
  }
}
