package dev.holdfast.servlet.cookie;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a request, read twice: from the {@code Cookie} fields as received, and as the
 * container understood them. Where the two disagree about a name there is no telling which of them
 * the application will act on, so that the cookie is none.
 */
final class CookieFields {
  static final String NAME = "Cookie";

  private final HttpServletRequest request;

  CookieFields(HttpServletRequest request) {
    this.request = request;
  }

  /** What is received under that name, by either reading. */
  Received received(String name) {
    List<String> sent = new ArrayList<>();
    for (String field : fields()) {
      for (String pair : field.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).trim().equals(name)) {
          sent.add(pair.substring(equals + 1).trim());
        }
      }
    }
    List<String> understood = new ArrayList<>();
    for (Cookie cookie : cookies()) {
      if (cookie.getName().equals(name)) {
        understood.add(String.valueOf(cookie.getValue()));
      }
    }
    boolean unambiguous = sent.size() == 1 && sent.equals(understood);
    return new Received(sent.isEmpty() && understood.isEmpty(), unambiguous ? sent.get(0) : null);
  }

  /**
   * A cookie of one name.
   *
   * @param absent no reading found one
   * @param value the only one's value; null when there is none, or several, or the readings differ
   */
  record Received(boolean absent, @Nullable String value) {}

  /** The container's cookies but those of these names; null when none is left, as in the API. */
  Cookie @Nullable [] without(Set<String> names) {
    List<Cookie> left = new ArrayList<>();
    for (Cookie cookie : cookies()) {
      if (!names.contains(cookie.getName())) {
        left.add(cookie);
      }
    }
    return left.isEmpty() ? null : left.toArray(Cookie[]::new);
  }

  /** The fields but the pairs of these names; a field of which nothing is left is left out. */
  List<String> fieldsWithout(Set<String> names) {
    List<String> left = new ArrayList<>();
    for (String field : fields()) {
      List<String> pairs = new ArrayList<>();
      for (String pair : field.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0 || !names.contains(pair.substring(0, equals).trim())) {
          pairs.add(pair.trim());
        }
      }
      String joined = String.join("; ", pairs);
      if (!joined.isEmpty()) {
        left.add(joined);
      }
    }
    return left;
  }

  private List<String> fields() {
    Enumeration<String> fields = request.getHeaders(NAME);
    return fields == null ? List.of() : Collections.list(fields);
  }

  private Cookie[] cookies() {
    Cookie[] cookies = request.getCookies();
    return cookies == null ? new Cookie[0] : cookies;
  }
}
