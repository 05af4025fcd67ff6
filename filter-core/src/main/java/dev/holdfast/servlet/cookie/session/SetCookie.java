package dev.holdfast.servlet.cookie.session;

import dev.holdfast.cookie.CookieScope;
import jakarta.servlet.http.Cookie;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cookie that the application sets, by either way of the API, read as a browser reads it (RFC
 * 6265 section 5.2).
 *
 * @param name its name
 * @param value its value
 * @param attributes by name in any case; a flag has an empty value
 */
public record SetCookie(String name, String value, Map<String, String> attributes) {
  public static final String FIELD = "Set-Cookie";

  /** The same field: Tomcat replaces a cookie's earlier lines under the other spelling alone. */
  public static final String KEPT_FIELD = "set-cookie";

  private static final List<String> WHERE = List.of("Domain", "Path", "SameSite", "Partitioned");
  private static final long LONGEST_SECONDS = 400L * 24 * 3600; // browsers keep none longer
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.RFC_1123_DATE_TIME)
          .toFormatter();

  public SetCookie {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(attributes);
    attributes = anyCase;
  }

  public static SetCookie of(Cookie cookie) {
    String value = cookie.getValue();
    return new SetCookie(cookie.getName(), value == null ? "" : value, cookie.getAttributes());
  }

  public static SetCookie parse(String field) {
    String[] parts = field.split(";", -1);
    int equals = parts[0].indexOf('=');
    Map<String, String> attributes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < parts.length; i++) {
      int sign = parts[i].indexOf('=');
      String attribute = (sign < 0 ? parts[i] : parts[i].substring(0, sign)).trim();
      attributes.put(attribute, sign < 0 ? "" : parts[i].substring(sign + 1).trim());
    }
    return new SetCookie(
        equals < 0 ? "" : parts[0].substring(0, equals).trim(),
        parts[0].substring(equals + 1).trim(),
        attributes);
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** Whether the value has only what RFC 6265 section 4.1.1 lets a value have, unquoted. */
  public boolean isPlain() {
    return value
        .chars()
        .allMatch(
            character -> character > ' ' && character < 127 && "\",;\\".indexOf(character) < 0);
  }

  /** Whether the browser is told to forget the cookie. */
  public boolean isDeletion(Clock clock) {
    Instant end = end(clock);
    return value.isEmpty() || (end != null && !end.isAfter(clock.instant()));
  }

  /** What the companion shares; a lifetime is written as the moment of its end. */
  public CookieScope scope(Clock clock) {
    Instant end = end(clock);
    String lifetime =
        end == null
            ? ""
            : "Expires="
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(end.atOffset(ZoneOffset.UTC));
    String where = where();
    return new CookieScope(where + (where.isEmpty() || end == null ? "" : "; ") + lifetime);
  }

  /**
   * What the companion's line has beyond its scope. A browser with a wrong clock ends a cookie with
   * {@code Max-Age} in time, and one with {@code Expires} alone too early or too late.
   */
  public String relativeLifetime() {
    Long seconds = seconds();
    return seconds == null ? "" : "; Max-Age=" + seconds;
  }

  /** The attributes by which browsers tell cookies of one name apart, and where they send them. */
  public String where() {
    List<String> shared = new ArrayList<>();
    for (String attribute : WHERE) {
      String set = attributes.get(attribute);
      if (set != null) {
        shared.add(set.isEmpty() ? attribute : attribute + '=' + set);
      }
    }
    return String.join("; ", shared);
  }

  /** A request does not say which path its cookie has: the usual ones are all cleared. */
  public static Set<String> usualPaths(String name, String contextPath) {
    return contextPath.isEmpty() || name.startsWith("__Host-")
        ? Set.of("/")
        : Set.of("/", contextPath, contextPath + '/');
  }

  /** A cookie that replaces this one and ends at once. */
  public Cookie cleared() {
    Cookie cleared = new Cookie(name, "");
    for (String attribute : WHERE) {
      String set = attributes.get(attribute);
      if (set != null) {
        cleared.setAttribute(attribute, set);
      }
    }
    cleared.setMaxAge(0);
    cleared.setSecure(true);
    cleared.setHttpOnly(true);
    return cleared;
  }

  private @Nullable Instant end(Clock clock) {
    Long seconds = seconds();
    if (seconds != null) {
      return seconds <= 0 ? Instant.EPOCH : clock.instant().plusSeconds(seconds);
    }
    String date = attributes.get("Expires");
    try {
      return date == null ? null : DATE.parse(date.replace('-', ' '), Instant::from);
    } catch (DateTimeException otherwiseSpelled) {
      return null; // the companion then lasts until the browser is closed
    }
  }

  private @Nullable Long seconds() {
    String age = attributes.get("Max-Age");
    return age != null && age.matches("-?\\d{1,18}")
        ? Math.min(Long.parseLong(age), LONGEST_SECONDS)
        : null;
  }
}
