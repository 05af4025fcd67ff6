package dev.holdfast.examples.stolentoken;

/**
 * One call that somebody makes, and how it must end.
 *
 * @param mechanism what protects the token
 * @param who makes the call
 * @param tried what it is, for the table
 * @param person makes it: the TLS connection
 * @param path where, with its query
 * @param call the method, the headers and the content
 * @param expectation how it must end
 */
record Attempt(
    String mechanism,
    String who,
    String tried,
    Person person,
    String path,
    Call call,
    Expectation expectation) {

  /** The name in the table of the thief. */
  static final String THIEF = "thief";

  boolean isTheft() {
    return who.equals(THIEF);
  }
}
