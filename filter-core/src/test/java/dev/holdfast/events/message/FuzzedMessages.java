package dev.holdfast.events.message;

import static dev.holdfast.events.message.Specimens.ISSUER;
import static dev.holdfast.events.message.Specimens.RULES;

import dev.holdfast.events.TokenMark;
import dev.holdfast.internal.json.MalformedJsonException;
import dev.holdfast.internal.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/** What holds of each message that a fuzz target has made. */
final class FuzzedMessages {
  private FuzzedMessages() {}

  static byte[][] bytes(String... texts) {
    return Stream.of(texts)
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  static Map<String, Object> parsed(byte[] json) {
    try {
      return StrictJson.parseObject(json);
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }

  static void check(SecurityEvent event) {
    event.marks().forEach(FuzzedMessages::check);
    if (event.upTo().isAfter(RULES.clock().instant().plus(RULES.clockSkew()))) {
      throw new AssertionError("an event of the future");
    }
    if (!event.marks().isEmpty() && !event.isDemand()) {
      throw new AssertionError("marks without a demand");
    }
  }

  static void check(TokenMark mark) {
    if (!mark.issuer().equals(ISSUER) || mark.value().isBlank() || mark.value().length() > 255) {
      throw new AssertionError(mark.toString());
    }
  }

  /** It goes into JSON as it is. */
  static void requireHarmless(RejectedEventException refused) {
    if (!refused.rule().matches("[ -!#-\\[\\]-~]+")) {
      throw new AssertionError(refused.rule());
    }
  }
}
