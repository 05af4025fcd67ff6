package dev.holdfast.introspection;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Collections;
import java.util.Map;

/**
 * An introspection response (RFC 7662 section 2.2), read strictly.
 *
 * @param active what it says
 * @param claims all its members
 */
record IntrospectionResponse(boolean active, Map<String, Object> claims) {

  /** Keeps its own view. */
  IntrospectionResponse {
    claims = Collections.unmodifiableMap(claims);
  }

  /**
   * Reads an answer: status 200, {@code application/json}, one object with a boolean {@code
   * active}.
   *
   * @throws IssuerUnavailableException for anything else: it says nothing about the token
   */
  static IntrospectionResponse of(HttpAnswer answer) {
    requireGood(answer);
    if (!answer.mediaType().equals("application/json")) {
      throw unavailable("the introspection response is not application/json");
    }
    Map<String, Object> members;
    try {
      members = StrictJson.parseObject(answer.body());
    } catch (MalformedJsonException malformed) {
      throw unavailable("the introspection response is malformed: " + malformed.getMessage());
    }
    return of(members);
  }

  /**
   * Reads the members of an answer: a boolean {@code active} is among them.
   *
   * @throws IssuerUnavailableException when it is not
   */
  static IntrospectionResponse of(Map<String, Object> members) {
    if (members.get("active") instanceof Boolean active) {
      return new IntrospectionResponse(active, members);
    }
    throw unavailable("the introspection response has no boolean \"active\"");
  }

  /**
   * The same answer, whose status is 200.
   *
   * @throws IssuerUnavailableException for another status
   */
  static HttpAnswer requireGood(HttpAnswer answer) {
    if (answer.status() != 200) {
      throw new IssuerUnavailableException(
          "the introspection endpoint answered with status " + answer.status(),
          null,
          Outcome.restAskedBy(answer));
    }
    return answer;
  }

  private static IssuerUnavailableException unavailable(String rule) {
    return new IssuerUnavailableException(rule, null);
  }
}
