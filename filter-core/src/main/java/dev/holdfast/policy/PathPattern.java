package dev.holdfast.policy;

import dev.holdfast.internal.ElementText;
import java.util.List;

/**
 * A path of a rule: literal segments, {@code *} for exactly one segment, and {@code **} as the last
 * segment for everything below, the bare path included. One trailing slash more or less does not
 * matter. Examples: {@code /payments}, {@code /accounts/*}{@code /balance}, {@code /public/**}.
 *
 * <p>The path compared is the one the container dispatches on: decoded, without the application's
 * context path.
 */
public final class PathPattern {
  private final String text;
  private final List<String> segments;
  private final boolean everythingBelow;

  private PathPattern(String text, List<String> segments, boolean everythingBelow) {
    this.text = text;
    this.segments = segments;
    this.everythingBelow = everythingBelow;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException with a text that says what to write instead
   */
  public static PathPattern parse(String text) {
    String invisible = ElementText.problem(text);
    if (invisible != null) {
      throw new IllegalArgumentException(invisible + ": separate the elements by commas");
    }
    if (ElementText.areSeveralPaths(text)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has white space before a '/': separate the elements by commas");
    }
    if (!text.startsWith("/") || text.startsWith("//")) {
      throw new IllegalArgumentException("a path begins with one '/': \"" + text + "\"");
    }
    List<String> segments = segmentsOf(text);
    boolean below = !segments.isEmpty() && segments.get(segments.size() - 1).equals("**");
    List<String> fixed = below ? segments.subList(0, segments.size() - 1) : segments;
    for (String segment : fixed) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || (segment.indexOf('*') >= 0 && !segment.equals("*"))
          || segment.chars().anyMatch(c -> "%;?#\\{}[]".indexOf(c) >= 0)) {
        throw new IllegalArgumentException(
            "\""
                + text
                + "\" is not a path: write decoded segments, '*' for one whole segment, and '**'"
                + " for everything below, at the end only");
      }
    }
    return new PathPattern(text, List.copyOf(fixed), below);
  }

  boolean matches(List<String> path, boolean ignoreCase) {
    if (everythingBelow ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (!segment.equals("*")
          && !(ignoreCase ? segment.equalsIgnoreCase(path.get(i)) : segment.equals(path.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether some path matches both, in any letter case. */
  public boolean overlaps(PathPattern that) {
    if (everythingBelow
        ? !that.everythingBelow && that.segments.size() < segments.size()
        : that.segments.size() != segments.size()
            && !(that.everythingBelow && that.segments.size() < segments.size())) {
      return false;
    }
    for (int i = 0; i < Math.min(segments.size(), that.segments.size()); i++) {
      String one = segments.get(i);
      String other = that.segments.get(i);
      if (!one.equals("*") && !other.equals("*") && !one.equalsIgnoreCase(other)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every path that the other one matches, whichever way it is read, matches this one. */
  public boolean covers(PathPattern that) {
    if (everythingBelow
        ? that.segments.size() < segments.size()
        : that.everythingBelow || that.segments.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).equals("*") && !segments.get(i).equals(that.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The segments between the slashes, without the empty ones at the two ends. */
  static List<String> segmentsOf(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
