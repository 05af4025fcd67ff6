package dev.holdfast.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code Forwarded} fields (RFC 7239 section 4): elements between commas, each of pairs
 * {@code name=value} between semicolons, a value being a token or a quoted string. Empty elements
 * and empty pairs are lawful and say nothing (RFC 9110 section 5.6.1). Each field is read strictly
 * to its end, so that a quote which an earlier element leaves open hides nothing.
 */
final class ForwardedElements {
  private static final int MAX_LENGTH = 8192;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final String field;
  private int position;

  private ForwardedElements(String field) {
    this.field = field;
  }

  /**
   * The pairs of the last element of all fields that is not empty, their names in lower case.
   *
   * @return empty when there is no such element; null when a field is malformed, too long, or names
   *     a pair twice in one element
   */
  static @Nullable Map<String, String> last(List<String> fields) {
    Map<String, String> last = Map.of();
    int length = 0;
    for (String field : fields) {
      length += field.length();
      Map<String, String> ofField =
          length > MAX_LENGTH ? null : new ForwardedElements(field).readLast();
      if (ofField == null) {
        return null;
      }
      last = ofField.isEmpty() ? last : ofField;
    }
    return last;
  }

  private @Nullable Map<String, String> readLast() {
    Map<String, String> last = Map.of();
    while (true) {
      Map<String, String> element = readElement();
      if (element == null) {
        return null;
      }
      last = element.isEmpty() ? last : element;
      if (isAtEnd()) {
        return last;
      }
      if (field.charAt(position++) != ',') {
        return null;
      }
    }
  }

  private @Nullable Map<String, String> readElement() {
    Map<String, String> pairs = new HashMap<>();
    while (true) {
      skipSpace();
      if (isAtEnd() || field.charAt(position) == ',') {
        return pairs;
      }
      if (field.charAt(position) == ';') {
        position++;
        continue;
      }
      String name = readToken().toLowerCase(Locale.ROOT);
      if (name.isEmpty() || isAtEnd() || field.charAt(position++) != '=') {
        return null;
      }
      String value = !isAtEnd() && field.charAt(position) == '"' ? readQuoted() : readToken();
      if (value == null || value.isEmpty() || pairs.put(name, value) != null) {
        return null;
      }
      skipSpace();
      if (!isAtEnd() && field.charAt(position) != ';') {
        return pairs;
      }
    }
  }

  private String readToken() {
    int start = position;
    while (!isAtEnd() && isTokenCharacter(field.charAt(position))) {
      position++;
    }
    return field.substring(start, position);
  }

  /** From the opening quote to behind the closing one, or null when there is none. */
  private @Nullable String readQuoted() {
    StringBuilder text = new StringBuilder();
    position++;
    while (!isAtEnd()) {
      char character = field.charAt(position++);
      if (character == '"') {
        return text.toString();
      }
      if (character == '\\') {
        if (isAtEnd()) {
          return null;
        }
        character = field.charAt(position++);
      }
      if (character != '\t' && (character < ' ' || character > '~')) {
        return null;
      }
      text.append(character);
    }
    return null;
  }

  private void skipSpace() {
    while (!isAtEnd() && (field.charAt(position) == ' ' || field.charAt(position) == '\t')) {
      position++;
    }
  }

  private boolean isAtEnd() {
    return position >= field.length();
  }

  private static boolean isTokenCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || TOKEN_MARKS.indexOf(character) >= 0;
  }
}
