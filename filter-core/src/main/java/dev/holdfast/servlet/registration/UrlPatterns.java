package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.internal.ElementText;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses URL patterns that look like many paths and are hardly any: no request's path is so once
 * the container has decoded and normalised it. The servlet specification (Servlet 6.0, section
 * 12.2) has {@code *} at the end after a slash, or before an extension, and no templates.
 */
final class UrlPatterns {
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  /**
   * Templates, path parameters, and what a request cannot have in its path or a container refuses.
   */
  private static final String NEVER = "{};?#\\";

  private UrlPatterns() {}

  /**
   * Refuses a pattern that protects nothing.
   *
   * @throws InvalidSettingException with the mapping, and what to write
   */
  static void require(Collection<String> urlPatterns) {
    for (String pattern : urlPatterns) {
      if (ENCODED.matcher(pattern).find()) {
        throw refusal(
            '"' + pattern + "\" is percent-encoded, and containers compare decoded paths with it",
            "Write the decoded path");
      }
      String problem = pattern.startsWith("*.") ? ofExtension(pattern) : ofPath(pattern);
      if (problem != null) {
        throw refusal('"' + pattern + "\" " + problem, "Write " + instead(pattern));
      }
    }
  }

  private static InvalidSettingException refusal(String problem, String action) {
    return new InvalidSettingException("the filter's mapping", problem, action);
  }

  private static @Nullable String ofExtension(String pattern) {
    String extension = pattern.substring(2);
    if (extension.isEmpty() || extension.indexOf('/') >= 0 || extension.indexOf('.') >= 0) {
      return "has no extension: that is what comes after the last dot of a path";
    }
    return ofSegment(extension);
  }

  private static @Nullable String ofPath(String pattern) {
    String fixed = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
    if (fixed.isEmpty() || fixed.equals("/")) {
      return null; // the root alone, everything, or the path / alone
    }
    if (!fixed.startsWith("/")) {
      return "is no mapping of the servlet specification for paths below it";
    }
    if (ElementText.areSeveralPaths(fixed)) {
      return "is several paths in one";
    }
    String[] segments = fixed.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      boolean isLast = i > 0 && i == segments.length - 1;
      if ((segments[i].isEmpty() && !isLast) || isDots(segments[i])) {
        return "has an empty segment or a dot segment, which no path has after normalisation";
      }
      String problem = ofSegment(segments[i]);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String ofSegment(String segment) {
    if (segment.indexOf('*') >= 0) {
      return "is no mapping of the servlet specification for paths below it";
    }
    if (ElementText.problem(segment) != null) {
      return "has a control or an invisible character";
    }
    return segment.chars().anyMatch(character -> NEVER.indexOf(character) >= 0)
        ? "has one of the characters "
            + NEVER
            + ": a mapping has no templates, parameters or queries"
        : null;
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  /** What was probably meant: no wider than it must be, and never narrower. */
  private static String instead(String pattern) {
    if (!pattern.startsWith("/")) {
      return pattern.startsWith("*.") && pattern.indexOf('*', 1) < 0
          ? "*.json for every path that ends so, /api/* for everything below /api, or /* for"
              + " everything"
          : "/api/* for everything below /api, or /* for everything";
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : pattern.split("/", -1)) {
      String bare = segment.replaceFirst(";.*", "").strip();
      if (bare.equals("..")) {
        kept.pollLast();
      } else if (ofSegment(bare) != null) {
        break;
      } else if (!bare.isEmpty() && !bare.equals(".")) {
        kept.addLast(bare);
      }
      if (!segment.equals(segment.strip())) {
        break;
      }
    }
    String prefix = kept.isEmpty() ? "" : "/" + String.join("/", kept);
    return prefix.isEmpty()
        ? "/api/* for everything below /api, or /* for everything"
        : prefix + "/* for everything below " + prefix + ", or /* for everything";
  }
}
