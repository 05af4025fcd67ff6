package dev.holdfast.examples.stolentoken;

/**
 * An attempt, as it went at one API: a row of the table.
 *
 * @param attempt what was tried
 * @param api where
 * @param status the HTTP status, or a dash when there was no answer
 * @param verdict what became of it
 */
record Outcome(Attempt attempt, String api, String status, Verdict verdict) {

  String describe() {
    return attempt.who()
        + ", "
        + attempt.tried()
        + ", at "
        + api
        + ": "
        + verdict.word()
        + ", "
        + verdict.why();
  }
}
