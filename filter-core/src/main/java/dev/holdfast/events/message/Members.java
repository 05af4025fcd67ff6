package dev.holdfast.events.message;

import static dev.holdfast.events.message.RejectedEventException.malformed;

import dev.holdfast.internal.NumericDate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Members of a JSON object, read strictly: what is there and of another type is refused. */
final class Members {
  private Members() {}

  @SuppressWarnings("unchecked") // a JSON object's names are text
  static Map<String, Object> object(@Nullable Object value, String name)
      throws RejectedEventException {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw malformed(name + " is not an object");
  }

  static String text(Map<String, Object> object, String name) throws RejectedEventException {
    if (object.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw malformed(name + " is missing, empty or not text");
  }

  static @Nullable String textIfThere(Map<String, Object> object, String name)
      throws RejectedEventException {
    return object.get(name) == null ? null : text(object, name);
  }

  static Instant time(Map<String, Object> object, String name) throws RejectedEventException {
    Instant time = NumericDate.read(object.get(name));
    if (time == null) {
      throw malformed(name + " is not a number of seconds since the epoch");
    }
    return time;
  }

  static @Nullable Instant timeIfThere(Map<String, Object> object, String name)
      throws RejectedEventException {
    return object.get(name) == null ? null : time(object, name);
  }

  /** One text or a list of texts (RFC 7519 section 4.1.3). */
  static Set<String> texts(Map<String, Object> object, String name) throws RejectedEventException {
    Object value = object.get(name);
    List<?> all = value instanceof List<?> several ? several : List.of(text(object, name));
    Set<String> texts = new TreeSet<>();
    for (Object one : all) {
      if (!(one instanceof String text)) {
        throw malformed(name + " is neither text nor a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }
}
