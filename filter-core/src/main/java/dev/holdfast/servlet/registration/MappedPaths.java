package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.policy.PathPattern;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The paths that a filter is mapped to, where the container tells and they can be compared. */
public final class MappedPaths {
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final Collection<String> urlPatterns;
  private final List<PathPattern> paths;

  private MappedPaths(Collection<String> urlPatterns, List<PathPattern> paths) {
    this.urlPatterns = urlPatterns;
    this.paths = paths;
  }

  /**
   * Those of this filter.
   *
   * @throws InvalidSettingException when hardly any request would pass it
   */
  public static MappedPaths of(FilterConfig config) {
    ServletContext context = config.getServletContext();
    FilterRegistration registration = context.getFilterRegistration(config.getFilterName());
    if (registration == null) {
      return anywhere(List.of("/*"));
    }
    // Undertow has each of them once for every dispatcher type
    Set<String> urlPatterns = new LinkedHashSet<>(registration.getUrlPatternMappings());
    Set<String> servlets = new LinkedHashSet<>(registration.getServletNameMappings());
    requireMeaningful(urlPatterns);
    MappingChecks.refuseRootInUndertow(context, urlPatterns);
    if (JettyFilters.areMappingsFinal(context)) {
      MappingChecks.requireSomething(context, config.getFilterName(), urlPatterns, servlets);
    }
    if (servlets.isEmpty()) {
      return ofUrlPatterns(urlPatterns);
    }
    List<String> written = new ArrayList<>(urlPatterns);
    servlets.forEach(name -> written.add("the servlet " + name));
    return anywhere(written);
  }

  /**
   * Refuses a mapping that looks like one for many paths and is one for hardly any: the servlet
   * specification (section 12.2) has {@code *} at the end after a slash, or before an extension. An
   * empty one is the application's root alone.
   *
   * @throws InvalidSettingException with the mapping, and what to write
   */
  public static void requireMeaningful(Collection<String> urlPatterns) {
    for (String pattern : urlPatterns) {
      String fixed = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
      boolean isExtension = pattern.startsWith("*.") && pattern.indexOf('*', 1) < 0;
      boolean isPath = pattern.isEmpty() || (pattern.startsWith("/") && fixed.indexOf('*') < 0);
      if (!isExtension && !isPath) {
        throw new InvalidSettingException(
            "the filter's mapping",
            '"' + pattern + "\" is no mapping of the servlet specification for paths below it",
            "Write /api/* for everything below /api, or /* for everything");
      }
      if (ENCODED.matcher(pattern).find()) {
        throw new InvalidSettingException(
            "the filter's mapping",
            '"' + pattern + "\" is percent-encoded, and containers compare decoded paths with it",
            "Write the decoded path");
      }
    }
  }

  /** Whether every request reaches the filter. */
  boolean areAll() {
    return urlPatterns.contains("/*");
  }

  /** Whether the way a path is spelled can decide if a request reaches the filter. */
  boolean areByPath() {
    return urlPatterns.stream().anyMatch(pattern -> pattern.isEmpty() || pattern.startsWith("/"));
  }

  /** As they were written. */
  @Override
  public String toString() {
    return String.join(", ", urlPatterns.stream().map(RequestCoverage::shown).toList());
  }

  /** Those that are one path each. */
  List<String> exact() {
    return urlPatterns.stream()
        .filter(pattern -> pattern.startsWith("/") && pattern.indexOf('*') < 0)
        .toList();
  }

  /** As the servlet specification has them; one for an extension can be anywhere. */
  public static MappedPaths ofUrlPatterns(Collection<String> urlPatterns) {
    List<PathPattern> paths = new ArrayList<>();
    for (String pattern : urlPatterns) {
      try {
        paths.add(
            PathPattern.parse(
                pattern.isEmpty() ? "/" : pattern.endsWith("/*") ? pattern + '*' : pattern));
      } catch (IllegalArgumentException notAPath) {
        return anywhere(urlPatterns);
      }
    }
    return paths.isEmpty()
        ? anywhere(List.of("/*"))
        : new MappedPaths(List.copyOf(urlPatterns), paths);
  }

  /** What these reach cannot be told by a path: it may be any. */
  private static MappedPaths anywhere(Collection<String> written) {
    return new MappedPaths(List.copyOf(written), List.of(PathPattern.parse("/**")));
  }

  /** Not a pattern for every place, which means no more than what the filter sees. */
  private static boolean isOfOnePlace(PathPattern path) {
    return !path.toString().startsWith("/*");
  }

  /** Whether every request to a path of this pattern reaches the filter. */
  private boolean cover(PathPattern path) {
    return paths.stream().anyMatch(mapped -> mapped.covers(path));
  }

  /** Whether a request to some path of this pattern could reach the filter. */
  public boolean reach(PathPattern path) {
    return paths.stream().anyMatch(path::overlaps);
  }

  /**
   * One line for each path of a rule that no request can match, or only some of the requests that
   * it names, or that was written with the context path, which requests are compared without.
   */
  public void warnOfOthers(List<RuleSettings> rules, String contextPath) {
    for (int i = 0; i < rules.size(); i++) {
      for (PathPattern path : rules.get(i).paths()) {
        warnOfContext("holdfast.rules[" + i + "].paths", path, contextPath);
        if (!reach(path)) {
          ApplicationLog.named("dev.holdfast")
              .log(
                  Level.WARNING,
                  "holdfast.rules["
                      + i
                      + "].paths: \""
                      + path
                      + "\" never applies, because this filter is mapped to "
                      + this
                      + " only. Write paths below the context path that the filter is mapped to.");
        } else if (isOfOnePlace(path) && !cover(path)) {
          ApplicationLog.named("dev.holdfast")
              .log(
                  Level.WARNING,
                  "holdfast.rules["
                      + i
                      + "].paths: \""
                      + path
                      + "\" names more than this filter is mapped to, which is "
                      + String.join(", ", urlPatterns)
                      + ": what lies beyond does not pass the filter, and nobody looks at a token"
                      + " there. Map the filter to all of it, such as /api/* for what is below /api,"
                      + " or write a narrower path.");
        }
      }
    }
  }

  private void warnOfContext(String setting, PathPattern path, String contextPath) {
    String text = path.toString();
    String prefix = beginsWith(text, contextPath) ? contextPath : decoded(contextPath);
    if (!reach(path) || !beginsWith(text, prefix)) {
      return;
    }
    String below = text.substring(prefix.length());
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            setting
                + ": \""
                + text
                + "\" begins with the context path, below which rules are compared: it applies to "
                + prefix
                + text
                + " only, and so probably never. Write "
                + (below.isEmpty() ? "/" : below)
                + ".");
  }

  private static boolean beginsWith(String path, String prefix) {
    return !prefix.isEmpty()
        && path.regionMatches(true, 0, prefix, 0, prefix.length())
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  /** Some containers tell it as it is in a URI. */
  private static String decoded(String contextPath) {
    try {
      return URLDecoder.decode(contextPath.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return contextPath;
    }
  }
}
