package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mappings of one filter that have the dispatcher type {@code REQUEST}, and those that have it
 * not (Servlet 6.0, section 6.2.5). A filter does not see what a client requests below a mapping
 * without {@code REQUEST}, and whoever wrote that mapping may think that it does.
 */
public final class RequestCoverage {
  private static final String SERVLET = "the servlet ";
  private static final String EVERY_PATH = "/*";

  private final Set<String> seeing = new LinkedHashSet<>();
  private final Set<String> blind = new LinkedHashSet<>();
  private final Map<String, ? extends Collection<String>> servletPaths;

  /** With nothing known of where servlets are mapped. */
  public RequestCoverage() {
    this(Map.of());
  }

  /** With the URL patterns of each servlet, by its name. */
  RequestCoverage(Map<String, ? extends Collection<String>> servletPaths) {
    this.servletPaths = servletPaths;
  }

  /** The filter is mapped to this URL pattern, with or without {@code REQUEST}. */
  public void addPath(String urlPattern, boolean hasRequest) {
    (hasRequest ? seeing : blind).add(shown(urlPattern));
  }

  /** As it is written in a text: the mapping of the application's root is empty. */
  static String shown(String urlPattern) {
    return urlPattern.isEmpty() ? "\"\"" : urlPattern;
  }

  /** The filter is mapped to the servlet with this name, with or without {@code REQUEST}. */
  public void addServlet(String name, boolean hasRequest) {
    addPath(servlet(name), hasRequest);
  }

  static String servlet(String name) {
    return SERVLET + name;
  }

  /** Whether any mapping has {@code REQUEST}. */
  public boolean isAny() {
    return !seeing.isEmpty();
  }

  /**
   * Refuses a mapping without {@code REQUEST} whose paths other mappings do not cover. One for
   * every path is for what is dispatched anywhere, and lawful beside a narrower one that has {@code
   * REQUEST}; a warning says what is not looked at.
   *
   * @param setting what the text begins with
   * @throws InvalidSettingException when there is such a mapping
   */
  public void check(String setting, String filter) {
    List<String> open = new ArrayList<>();
    boolean isEverythingOpen = false;
    for (String target : blind) {
      if (isForEverything(target)) {
        isEverythingOpen |= !isCovered(target);
      } else if (!isCovered(target)) {
        open.add(target);
      }
    }
    if (!open.isEmpty()) {
      throw new InvalidSettingException(
          setting,
          "the filter "
              + filter
              + " is mapped to "
              + String.join(", ", open)
              + " without the dispatcher type REQUEST, and no other mapping of it has REQUEST"
              + " there, so that what a client requests there does not pass the filter",
          "Map it for all five dispatcher types there, as the README shows, or remove that mapping");
    }
    if (isEverythingOpen) {
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.WARNING,
              "the filter "
                  + filter
                  + " is mapped to /* without the dispatcher type REQUEST: Holdfast looks at no"
                  + " request of a client outside of "
                  + String.join(", ", seeing)
                  + ". If other paths are to be protected too, map it to them for all five"
                  + " dispatcher types, as the README shows.");
    }
  }

  /** Whether this is a mapping for every path without {@code REQUEST}, beside others with it. */
  boolean isForDispatchesOnly(String target) {
    return blind.contains(target) && isForEverything(target) && !isCovered(target);
  }

  static boolean isForEverything(String target) {
    return target.equals(EVERY_PATH) || target.equals(SERVLET + '*');
  }

  /** Whether every request that a client can make there passes the filter. */
  boolean isCovered(String target) {
    return isSeen(target) || (target.startsWith(SERVLET) && isServletCovered(target));
  }

  private boolean isSeen(String target) {
    return seeing.stream()
        .anyMatch(mapping -> covers(mapping, target) || isServletAt(mapping, target));
  }

  /** One without any path is reached by dispatches only. */
  private boolean isServletCovered(String target) {
    Collection<String> paths = servletPaths.get(target.substring(SERVLET.length()));
    return paths != null
        && paths.stream().allMatch(path -> isSeen(path.equals("/") ? EVERY_PATH : path));
  }

  /** An exact path leads to its servlet, whatever else is mapped. */
  private boolean isServletAt(String mapping, String path) {
    if (!mapping.startsWith(SERVLET) || !path.startsWith("/") || path.endsWith("*")) {
      return false;
    }
    Collection<String> paths = servletPaths.get(mapping.substring(SERVLET.length()));
    return !path.equals("/") && paths != null && paths.contains(path);
  }

  /** Whether every path of the target is one of the mapping (section 12.2). */
  static boolean covers(String mapping, String target) {
    if (mapping.equals(target) || isForEverything(mapping)) {
      return true;
    }
    if (mapping.endsWith("/*")) {
      String path = mapping.substring(0, mapping.length() - 2);
      return target.equals(path) || target.startsWith(path + '/');
    }
    return mapping.startsWith("*.")
        && target.startsWith("/")
        && target.endsWith(mapping.substring(1));
  }
}
