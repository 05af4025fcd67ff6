package dev.holdfast.examples.behindaproxy;

/**
 * What came back.
 *
 * @param status the status; 0 when the connection was refused or ended before there was one
 * @param body the body, or why there is none
 */
record Answer(int status, String body) {

  static Answer none(String why) {
    return new Answer(0, why);
  }

  /** Whether the API did what it was asked. */
  boolean isServed() {
    return status >= 200 && status < 300;
  }

  /**
   * Whether somebody said no: the API with 401, the proxy with 400 or 431. An error of theirs is no
   * refusal: then nothing is known.
   */
  boolean isRefused() {
    return status == 401 || status == 400 || status == 431;
  }

  /** Whether there was no answer: the TLS layer let nobody in. */
  boolean isShutOut() {
    return status == 0;
  }

  /** For a table. */
  String summary() {
    return status == 0 ? "no connection" : String.valueOf(status);
  }
}
