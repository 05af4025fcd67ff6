package dev.holdfast.servlet.cookie.session;

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
public final class CookieFields {
  public static final String NAME = "Cookie";

  private final HttpServletRequest request;

  public CookieFields(HttpServletRequest request) {
    this.request = request;
  }

  /** What is received under that name, by either reading. */
  public Received received(String name) {
    List<String> sent = sent(name);
    List<String> understood = new ArrayList<>();
    for (Cookie cookie : cookies()) {
      if (cookie.getName().equals(name)) {
        understood.add(String.valueOf(cookie.getValue()));
      }
    }
    return new Received(
        sent.isEmpty() && understood.isEmpty(), sent.equals(understood) ? sent : List.of());
  }

  private List<String> sent(String name) {
    List<String> sent = new ArrayList<>();
    for (String field : fields()) {
      for (String pair : field.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).trim().equals(name)) {
          sent.add(pair.substring(equals + 1).trim());
        }
      }
    }
    return sent;
  }

  /** Whether a cookie of that name has this session identifier, by either reading. */
  public boolean carries(String name, String id) {
    for (Cookie cookie : cookies()) {
      if (cookie.getName().equals(name)
          && RequestedSession.isSame(String.valueOf(cookie.getValue()), id)) {
        return true;
      }
    }
    return sent(name).stream().anyMatch(value -> RequestedSession.isSame(value, id));
  }

  /**
   * The cookies of one name.
   *
   * @param absent no reading found one
   * @param values all of them in the order of the request; none when the readings differ
   */
  public record Received(boolean absent, List<String> values) {
    public Received {
      values = List.copyOf(values);
    }

    /** The only one's value; null when there is none, or several, or the readings differ. */
    public @Nullable String value() {
      return values.size() == 1 ? values.get(0) : null;
    }
  }

  /** The container's cookies but those of these names; null when none is left, as in the API. */
  public Cookie @Nullable [] without(Set<String> names) {
    List<Cookie> left = new ArrayList<>();
    for (Cookie cookie : cookies()) {
      if (!names.contains(cookie.getName())) {
        left.add(cookie);
      }
    }
    return left.isEmpty() ? null : left.toArray(Cookie[]::new);
  }

  /** The fields but the pairs of these names; a field of which nothing is left is left out. */
  public List<String> fieldsWithout(Set<String> names) {
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
