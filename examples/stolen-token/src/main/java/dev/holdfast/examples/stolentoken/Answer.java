package dev.holdfast.examples.stolentoken;

import java.util.List;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param challenges the values of {@code WWW-Authenticate}
 * @param body the content
 */
record Answer(int status, List<String> challenges, String body) {
  Answer {
    challenges = List.copyOf(challenges);
  }
}
