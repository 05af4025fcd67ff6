package dev.holdfast.examples.stolentoken;

/**
 * What became of a call.
 *
 * @param expected whether it ended as it must
 * @param word for the table: what the API did
 * @param why for the table
 */
record Verdict(boolean expected, String word, String why) {

  static Verdict right(String word, String why) {
    return new Verdict(true, word, why);
  }

  static Verdict wrong(String word, String why) {
    return new Verdict(false, word, why);
  }
}
