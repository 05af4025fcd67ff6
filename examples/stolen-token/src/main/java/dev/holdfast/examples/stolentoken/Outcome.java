package dev.holdfast.examples.stolentoken;

/**
 * A scene, as it was played at one API: a row of the table.
 *
 * @param scene what was tried
 * @param api where
 * @param status the HTTP status, or a dash when there was no answer
 * @param verdict what became of it
 */
record Outcome(Scene scene, String api, String status, Verdict verdict) {

  String describe() {
    return scene.who()
        + ", "
        + scene.tried()
        + ", at "
        + api
        + ": "
        + verdict.word()
        + ", "
        + verdict.why();
  }
}
