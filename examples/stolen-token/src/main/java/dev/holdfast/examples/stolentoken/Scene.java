package dev.holdfast.examples.stolentoken;

import java.net.http.HttpRequest;
import java.util.function.Consumer;

/**
 * One call that somebody makes, and how it must end.
 *
 * @param mechanism what protects the token
 * @param who makes the call
 * @param tried what it is, for the table
 * @param person makes it: the TLS connection
 * @param path where, with its query
 * @param content the method and the headers
 * @param ending how it must end
 */
record Scene(
    String mechanism,
    String who,
    String tried,
    Person person,
    String path,
    Consumer<HttpRequest.Builder> content,
    Ending ending) {

  /** The name in the table of the thief. */
  static final String THIEF = "thief";

  boolean isTheft() {
    return who.equals(THIEF);
  }
}
