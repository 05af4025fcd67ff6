package dev.holdfast.events.poll;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transmitter answers a poll with (RFC 8936 section 2.3).
 *
 * @param sets security event tokens by their {@code jti}
 * @param moreAvailable whether others wait
 */
record PollAnswer(Map<String, String> sets, boolean moreAvailable) {
  private static final int OK = 200;

  PollAnswer {
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /**
   * Reads an answer.
   *
   * @throws IssuerUnavailableException for one that is none, with what it says of a rest
   */
  static PollAnswer of(HttpAnswer answer) {
    if (answer.status() != OK) {
      throw new IssuerUnavailableException(
          "the poll was answered with status " + answer.status(), null, answer.retryAfter());
    }
    if (!answer.mediaType().equals("application/json")) {
      throw malformed("its media type is not application/json");
    }
    Map<String, Object> members;
    try {
      members = StrictJson.parseObject(answer.body());
    } catch (MalformedJsonException notJson) {
      throw malformed("it is no JSON object: " + notJson.getMessage());
    }
    if (!(members.get("sets") instanceof Map<?, ?> sets)) {
      throw malformed("sets is missing or no object");
    }
    Map<String, String> byId = new LinkedHashMap<>();
    sets.forEach(
        (id, set) -> {
          if (!(id instanceof String name) || !(set instanceof String text)) {
            throw malformed("a member of sets is not text");
          }
          byId.put(name, text);
        });
    Object more = members.get("moreAvailable");
    if (more != null && !(more instanceof Boolean)) {
      throw malformed("moreAvailable is no boolean");
    }
    return new PollAnswer(byId, Boolean.TRUE.equals(more));
  }

  private static IssuerUnavailableException malformed(String rule) {
    return new IssuerUnavailableException("the answer to the poll is malformed: " + rule, null);
  }
}
