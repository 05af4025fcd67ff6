package dev.holdfast.spring.boot.failures;

import dev.holdfast.configuration.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a setting, and what to do. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
    String action = cause.action() + ".";
    String text = String.valueOf(cause.getMessage());
    String problem =
        text.endsWith(action) ? text.substring(0, text.length() - action.length()) : text;
    return new FailureAnalysis(
        "Holdfast cannot start with this setting: " + problem.trim(), action, cause);
  }
}
