package dev.holdfast.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values so that {@link StrictJson} reads the same values again, in ASCII. */
public final class WrittenJson {
  private WrittenJson() {}

  /**
   * One object.
   *
   * @throws IllegalArgumentException for a value that {@link StrictJson} does not give
   */
  public static byte[] of(Map<String, ?> object) {
    StringBuilder json = new StringBuilder(256);
    append(json, object);
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void append(StringBuilder json, @Nullable Object value) {
    if (value instanceof String text) {
      json.append(QuotedText.quoted(text));
    } else if (value == null || value instanceof Boolean || value instanceof Long) {
      json.append(value);
    } else if (value instanceof Double number && Double.isFinite(number)) {
      json.append(number.doubleValue());
    } else if (value instanceof Map<?, ?> object) {
      appendObject(json, object);
    } else if (value instanceof Collection<?> array) {
      appendArray(json, array);
    } else {
      throw new IllegalArgumentException("a value that is none of JSON");
    }
  }

  private static void appendObject(StringBuilder json, Map<?, ?> object) {
    json.append('{');
    String separator = "";
    for (Map.Entry<?, ?> member : object.entrySet()) {
      json.append(separator).append(QuotedText.quoted(String.valueOf(member.getKey()))).append(':');
      append(json, member.getValue());
      separator = ",";
    }
    json.append('}');
  }

  private static void appendArray(StringBuilder json, Collection<?> array) {
    json.append('[');
    String separator = "";
    for (Object element : array) {
      json.append(separator);
      append(json, element);
      separator = ",";
    }
    json.append(']');
  }
}
