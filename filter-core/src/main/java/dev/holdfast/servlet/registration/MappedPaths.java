package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.policy.PathPattern;
import dev.holdfast.servlet.registration.container.JettyFilters;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The paths that a filter is mapped to, where the container tells and they can be compared. */
public final class MappedPaths {
  private final Collection<String> urlPatterns;
  private final List<PathPattern> paths;

  /** What the last segment of a path ends with, such as {@code .do}. */
  private final List<String> endings;

  private MappedPaths(
      Collection<String> urlPatterns, List<PathPattern> paths, List<String> endings) {
    this.urlPatterns = List.copyOf(urlPatterns);
    this.paths = List.copyOf(paths);
    this.endings = List.copyOf(endings);
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
    Set<String> urlPatterns = Mappings.paths(registration);
    Set<String> servlets = Mappings.servlets(registration);
    requireMeaningful(urlPatterns);
    MappingChecks.refuseRootInUndertow(context, urlPatterns);
    MappingChecks.refuseWhatJettyKeepsEncoded(context, urlPatterns);
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
   * Refuses a mapping that looks like one for many paths and is one for hardly any. An empty one is
   * the application's root alone.
   *
   * @throws InvalidSettingException with the mapping, and what to write
   */
  public static void requireMeaningful(Collection<String> urlPatterns) {
    UrlPatterns.require(urlPatterns);
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

  /** As the servlet specification has them. */
  public static MappedPaths ofUrlPatterns(Collection<String> urlPatterns) {
    List<PathPattern> paths = new ArrayList<>();
    List<String> endings = new ArrayList<>();
    for (String pattern : urlPatterns) {
      if (pattern.startsWith("*.")) {
        endings.add(pattern.substring(1));
        continue;
      }
      try {
        paths.add(
            PathPattern.parse(
                pattern.isEmpty() ? "/" : pattern.endsWith("/*") ? pattern + '*' : pattern));
      } catch (IllegalArgumentException notAPath) {
        return anywhere(urlPatterns);
      }
    }
    return urlPatterns.isEmpty()
        ? anywhere(List.of("/*"))
        : new MappedPaths(urlPatterns, paths, endings);
  }

  /** What these reach cannot be told by a path: it may be any. */
  private static MappedPaths anywhere(Collection<String> written) {
    return new MappedPaths(written, List.of(PathPattern.parse("/**")), List.of());
  }

  /** Not a pattern for every place, which means no more than what the filter sees. */
  private static boolean isOfOnePlace(PathPattern path) {
    return !path.toString().startsWith("/*");
  }

  /** Whether every request to a path of this pattern reaches the filter. */
  public boolean cover(PathPattern path) {
    String last = lastSegment(path);
    return paths.stream().anyMatch(mapped -> mapped.covers(path))
        || endings.stream().anyMatch(last::endsWith);
  }

  /** Whether a request to some path of this pattern could reach the filter. */
  public boolean reach(PathPattern path) {
    String last = lastSegment(path).toLowerCase(Locale.ROOT);
    return paths.stream().anyMatch(path::overlaps)
        || endings.stream()
            .anyMatch(end -> last.startsWith("*") || last.endsWith(end.toLowerCase(Locale.ROOT)));
  }

  private static String lastSegment(PathPattern path) {
    String text = path.toString();
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return bare.substring(bare.lastIndexOf('/') + 1);
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
