package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.registration.container.JettyFilters;
import dev.holdfast.servlet.registration.container.TomcatFilters;
import dev.holdfast.servlet.registration.container.UndertowFilters;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses a filter that requests pass by, because it is mapped to nothing, or to less than it must
 * see (Servlet 6.0, section 6.2.4).
 */
public final class MappingChecks {
  private static final String KEPT_ENCODED = " \"<>[]^`|";
  private static final String MAPPING = "the filter's mapping";

  private MappingChecks() {}

  /**
   * Refuses a filter that some requests do not reach.
   *
   * @throws InvalidSettingException when it is not mapped to {@code /*}, nor to a servlet that is,
   *     or not for the dispatcher type {@code REQUEST}
   */
  public static void requireEverything(FilterConfig config) {
    ServletContext context = config.getServletContext();
    String filter = config.getFilterName();
    FilterRegistration registration = context.getFilterRegistration(filter);
    MappedDispatchers dispatchers = MappedDispatchers.of(config);
    dispatchers.check(filter);
    if (registration == null || !JettyFilters.areMappingsFinal(context)) {
      return;
    }
    boolean byPath = Mappings.paths(registration).contains("/*") || isMappedToAll(context, filter);
    boolean byServlet =
        Mappings.servlets(registration).stream()
            .anyMatch(
                name -> servesEverything(context, name) && dispatchers.seeRequestsOfServlet(name));
    boolean byEveryServlet =
        isMappedToAll(context, filter) && dispatchers.seeRequestsOfServlet("*");
    if (!(byPath && dispatchers.seeRequestsOf("/*")) && !byServlet && !byEveryServlet) {
      throw new InvalidSettingException(
          MAPPING,
          "some requests do not reach the filter " + filter + ", and it protects nothing there",
          "Map it to /*, for every dispatcher type, or use its method register");
    }
  }

  private static boolean servesEverything(ServletContext context, String servlet) {
    ServletRegistration registration = context.getServletRegistration(servlet);
    return servlet.equals("*")
        || (registration != null && Mappings.paths(registration).contains("/*"));
  }

  /**
   * Refuses the mapping of the application's root, which Undertow asks no filter for.
   *
   * @throws InvalidSettingException in Undertow, when one of these is empty
   */
  static void refuseRootInUndertow(ServletContext context, Set<String> urlPatterns) {
    if (UndertowFilters.isIn(context) && urlPatterns.contains("")) {
      throw new InvalidSettingException(
          MAPPING,
          "\"\" is the root of the application, and Undertow asks no filter that is mapped so",
          "Write /* for everything, or remove that mapping");
    }
  }

  /**
   * Refuses a mapping with a character that Jetty keeps encoded in the path which it compares
   * filters with, and decodes in the one that chooses the servlet.
   *
   * @throws InvalidSettingException in Jetty, for such a mapping
   */
  static void refuseWhatJettyKeepsEncoded(ServletContext context, Set<String> urlPatterns) {
    if (!context.getClass().getName().startsWith("org.eclipse.jetty.")) {
      return;
    }
    for (String pattern : urlPatterns) {
      if (pattern.chars().anyMatch(character -> KEPT_ENCODED.indexOf(character) >= 0)) {
        throw new InvalidSettingException(
            MAPPING,
            "\"" + pattern + "\" has a blank or one of \"<>[]^`|, and Jetty asks no filter for it",
            "Map the filter to the servlet by its name, or to /* with a rule for that path");
      }
    }
  }

  /** Refuses a filter that is mapped to nothing that exists. */
  static void requireSomething(
      ServletContext context, String filter, Set<String> urlPatterns, Set<String> servlets) {
    if (urlPatterns.stream().anyMatch(pattern -> !pattern.equals("/"))
        || servlets.contains("*")
        || isMappedToAll(context, filter)) {
      return;
    }
    Set<String> known = context.getServletRegistrations().keySet();
    if (servlets.stream().anyMatch(known::contains)) {
      return;
    }
    if (!servlets.isEmpty()) {
      throw new InvalidSettingException(
          MAPPING,
          "there is no servlet called " + String.join(", ", new TreeSet<>(servlets)),
          "Write the name of a servlet as it is registered, or /* for everything");
    }
    throw new InvalidSettingException(
        MAPPING,
        urlPatterns.isEmpty()
            ? "the filter " + filter + " is mapped to nothing, and protects nothing"
            : "\"/\" is the path / alone for a filter, and no other request passes it",
        "Write /api/* for everything below /api, or /* for everything");
  }

  /** Tomcat names no path and no servlet in its registration when the mapping is {@code *}. */
  private static boolean isMappedToAll(ServletContext context, String filter) {
    try {
      return TomcatFilters.isMappedToAll(context, filter);
    } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
      return true;
    }
  }
}
