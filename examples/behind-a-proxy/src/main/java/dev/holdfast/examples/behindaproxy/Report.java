package dev.holdfast.examples.behindaproxy;

import java.io.PrintStream;
import java.util.List;

/**
 * What came of all that was tried.
 *
 * @param outcomes one for each attempt
 */
record Report(List<Attempt.Outcome> outcomes) {

  private static final String ROW = "  %-8s  %-58s  %-26s  %s%n";

  Report {
    outcomes = List.copyOf(outcomes);
  }

  void print(PrintStream out) {
    out.printf(ROW, "who", "tries", "gets", "");
    for (Attempt.Outcome outcome : outcomes) {
      Attempt attempt = outcome.attempt();
      out.printf(
          ROW,
          attempt.caller(),
          attempt.action(),
          outcome.summary(),
          outcome.isAsExpected() ? "✓" : "✗ must be " + attempt.expectation());
    }
  }

  boolean isAsExpected() {
    return !outcomes.isEmpty() && outcomes.stream().allMatch(Attempt.Outcome::isAsExpected);
  }
}
