package dev.holdfast.events.poll;

import dev.holdfast.events.message.RejectedEventException;
import dev.holdfast.internal.json.QuotedText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a poll says (RFC 8936 section 2.2): what became of the last events, and how many more. */
final class PollRequest {
  private final List<String> done = new ArrayList<>();
  private final Map<String, RejectedEventException> rejected = new LinkedHashMap<>();

  /** It is done; its transmitter may forget it. */
  void ack(String id) {
    done.add(id);
  }

  /** It is not taken, and to deliver it again would not help. */
  void reject(String id, RejectedEventException reason) {
    rejected.put(id, reason);
  }

  /** The request, which waits for events unless others wait already. */
  byte[] body(int maxEvents, boolean returnImmediately) {
    StringBuilder json =
        new StringBuilder("{\"maxEvents\":")
            .append(maxEvents)
            .append(",\"returnImmediately\":")
            .append(returnImmediately);
    if (!done.isEmpty()) {
      json.append(",\"ack\":[")
          .append(done.stream().map(QuotedText::quoted).collect(Collectors.joining(",")))
          .append(']');
    }
    if (!rejected.isEmpty()) {
      json.append(",\"setErrs\":{")
          .append(
              rejected.entrySet().stream()
                  .map(entry -> QuotedText.quoted(entry.getKey()) + ':' + error(entry.getValue()))
                  .collect(Collectors.joining(",")))
          .append('}');
    }
    return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String error(RejectedEventException reason) {
    return "{\"err\":"
        + QuotedText.quoted(reason.reason().text())
        + ",\"description\":"
        + QuotedText.quoted(reason.rule())
        + '}';
  }
}
