package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes attempts, one after the other, so that each log line belongs to its call. */
final class Attempts {

  private Attempts() {}

  static List<Outcome> make(List<Attempt> attempts, List<Api> apis) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Attempt attempt : attempts) {
      for (Api api : apis) {
        outcomes.add(make(attempt, api));
      }
    }
    return outcomes;
  }

  private static Outcome make(Attempt attempt, Api api) {
    int position = api.part().output().position();
    try {
      Answer answer = attempt.person().send(api.uri(attempt.path()), attempt.call());
      Verdict verdict = attempt.expectation().judge(answer, api, position);
      return new Outcome(attempt, api.name(), String.valueOf(answer.status()), verdict);
    } catch (IOException failed) {
      String why = "there was no answer: " + failed.getClass().getSimpleName();
      return new Outcome(attempt, api.name(), "–", Verdict.wrong("failed", why));
    }
  }
}
