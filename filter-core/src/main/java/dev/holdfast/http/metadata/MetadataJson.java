package dev.holdfast.http.metadata;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes one JSON object (RFC 8259) of texts, truths and lists of texts, in ASCII. Whatever is not
 * printable ASCII is escaped, and so is what begins or ends something in HTML.
 */
final class MetadataJson {
  private static final String ESCAPED = "\"\\<>&'";

  private MetadataJson() {}

  /**
   * The object's text.
   *
   * @throws IllegalArgumentException when a value is of another kind
   */
  static String of(Map<String, ?> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ':' + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof String text) {
      return text(text);
    }
    if (value instanceof Boolean truth) {
      return truth.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(MetadataJson::element).collect(Collectors.joining(",", "[", "]"));
    }
    throw new IllegalArgumentException("neither a text, a truth nor a list of texts");
  }

  private static String element(Object element) {
    if (element instanceof String text) {
      return text(text);
    }
    throw new IllegalArgumentException("a list of something else than texts");
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < ' ' || character > '~' || ESCAPED.indexOf(character) >= 0) {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    return json.append('"').toString();
  }
}
