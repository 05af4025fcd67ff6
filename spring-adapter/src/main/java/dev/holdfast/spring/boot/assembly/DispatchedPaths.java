package dev.holdfast.spring.boot.assembly;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.configuration.settings.RuleSettings;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.policy.PathPattern;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The paths of {@code rules} are written as Spring's own matchers read them: below the context path
 * and below {@code spring.mvc.servlet.path}. Holdfast compares paths below the context path, and so
 * the servlet's path is put in front of them. {@code /**} stays as it is: it means every path, also
 * those of another servlet. The context path of a management port of its own is {@code
 * management.server.base-path}.
 */
public final class DispatchedPaths {
  private static final System.Logger LOGGER = ApplicationLog.named("dev.holdfast");
  private static final String CONTEXT = "server.servlet.context-path";
  private static final String REACTIVE_CONTEXT = "spring.webflux.base-path";
  private static final String SERVLET = "spring.mvc.servlet.path";
  private static final String MANAGEMENT = "management.server.base-path";
  private static final String EVERY_PATH = "/**";

  private final String contextProperty;
  private final String contextPath;
  private final String servletPath;
  private final String managementPath;

  private DispatchedPaths(
      String contextProperty, String contextPath, String servletPath, String managementPath) {
    this.contextProperty = contextProperty;
    this.contextPath = contextPath;
    this.servletPath = servletPath;
    this.managementPath = managementPath;
  }

  /** Those of an application on servlets. */
  public static DispatchedPaths of(Environment environment) {
    return new DispatchedPaths(
        CONTEXT,
        prefix(environment.getProperty(CONTEXT)),
        prefix(environment.getProperty(SERVLET)),
        hasManagementPort(environment) ? prefix(environment.getProperty(MANAGEMENT)) : "");
  }

  /** Those of an application on WebFlux: paths are below {@code spring.webflux.base-path}. */
  public static DispatchedPaths ofReactive(Environment environment) {
    return new DispatchedPaths(
        REACTIVE_CONTEXT,
        prefix(environment.getProperty(REACTIVE_CONTEXT)),
        "",
        hasManagementPort(environment) ? prefix(environment.getProperty(MANAGEMENT)) : "");
  }

  /** As Boot decides it. */
  private static boolean hasManagementPort(Environment environment) {
    String port = environment.getProperty("management.server.port", "").trim();
    String application = environment.getProperty("server.port", "8080").trim();
    return !port.isEmpty()
        && !port.startsWith("-")
        && (port.equals("0") || !port.equals(application));
  }

  /** As Boot reads it: without what stands from an asterisk on, and without a slash at the end. */
  private static String prefix(@Nullable String written) {
    String path = written == null ? "" : written.trim();
    path = path.indexOf('*') < 0 ? path : path.substring(0, path.indexOf('*'));
    path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return path.isEmpty() || path.startsWith("/") ? path : '/' + path;
  }

  /** The settings with paths as the container dispatches on; what cannot match is named. */
  @SuppressWarnings("NullAway") // it misses @Nullable on a nested type from another module
  public HoldfastSettings applyTo(HoldfastSettings settings) {
    List<RuleSettings> rules = new ArrayList<>();
    for (RuleSettings rule : settings.rules()) {
      String setting = "holdfast.rules[" + rules.size() + "].paths";
      List<PathPattern> paths = new ArrayList<>();
      for (PathPattern path : rule.paths()) {
        warnOfPrefix(setting, path);
        paths.add(belowServlet(path));
      }
      rules.add(rule.withPaths(paths));
    }
    return settings.withRules(rules);
  }

  private PathPattern belowServlet(PathPattern path) {
    if (servletPath.isEmpty() || path.toString().equals(EVERY_PATH)) {
      return path;
    }
    try {
      return PathPattern.parse(servletPath + path);
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidSettingException(
          SERVLET,
          "rules cannot be compared below \"" + servletPath + "\"",
          "Write a plain path such as /api, or remove the paths from holdfast.rules");
    }
  }

  private void warnOfPrefix(String setting, PathPattern path) {
    if (beginsWith(path, contextPath)) {
      warn(setting, path, contextProperty, contextPath);
    } else if (beginsWith(path, servletPath)) {
      warn(setting, path, SERVLET, servletPath);
    } else if (beginsWith(path, managementPath)) {
      warnOfManagement(setting, path);
    }
  }

  /** The application's own port may have such a path. */
  private void warnOfManagement(String setting, PathPattern path) {
    String text = path.toString().substring(managementPath.length());
    LOGGER.log(
        Level.WARNING,
        setting
            + ": \""
            + path
            + "\" begins with "
            + MANAGEMENT
            + ", below which rules are compared on the management port: it would apply there to "
            + managementPath
            + path
            + " only, and so probably never. "
            + (servletPath.isEmpty()
                ? "Write " + (text.isEmpty() ? "/" : text) + "."
                : "No narrower rule than "
                    + EVERY_PATH
                    + " holds on that port, for all others are below "
                    + SERVLET
                    + "."));
  }

  private static boolean beginsWith(PathPattern path, String prefix) {
    String text = path.toString();
    return !prefix.isEmpty()
        && text.regionMatches(true, 0, prefix, 0, prefix.length())
        && (text.length() == prefix.length() || text.charAt(prefix.length()) == '/');
  }

  private static void warn(String setting, PathPattern path, String property, String prefix) {
    String text = path.toString().substring(prefix.length());
    LOGGER.log(
        Level.WARNING,
        setting
            + ": \""
            + path
            + "\" begins with "
            + property
            + ", below which rules are compared: it would apply to "
            + prefix
            + path
            + " only, and so probably never. Write "
            + (text.isEmpty() ? "/" : text)
            + ".");
  }
}
