package dev.holdfast.examples.stolentoken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where scenes are played: one after the other, so that each log line belongs to its call. */
final class Stage {

  private Stage() {}

  static List<Outcome> play(List<Scene> scenes, List<Api> apis) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Scene scene : scenes) {
      for (Api api : apis) {
        outcomes.add(play(scene, api));
      }
    }
    return outcomes;
  }

  private static Outcome play(Scene scene, Api api) {
    int position = api.part().output().position();
    try {
      Answer answer = scene.person().send(api.uri(scene.path()), scene.call());
      Verdict verdict = scene.ending().judge(answer, api, position);
      return new Outcome(scene, api.name(), String.valueOf(answer.status()), verdict);
    } catch (IOException failed) {
      String why = "there was no answer: " + failed.getClass().getSimpleName();
      return new Outcome(scene, api.name(), "–", Verdict.wrong("failed", why));
    }
  }
}
