package dev.holdfast.servlet;

import dev.holdfast.configuration.InvalidSettingException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dispatcher types for which a filter is mapped (Servlet 6.0, section 6.2.5). {@code
 * FilterRegistration} does not tell them, so that they are read from Tomcat, Jetty and Undertow. Of
 * another container nothing is known, and nothing said.
 */
final class MappedDispatchers {
  private static final String SERVLET = "the servlet ";

  private final Map<String, Set<DispatcherType>> types = new LinkedHashMap<>();

  private MappedDispatchers() {}

  static MappedDispatchers of(FilterConfig config) {
    ServletContext context = config.getServletContext();
    MappedDispatchers found = new MappedDispatchers();
    if (MappingChecks.areFinal(context)) {
      try {
        String filter = config.getFilterName();
        TomcatFilters.dispatchers(context, filter, found);
        JettyFilters.dispatchers(context, filter, found);
        UndertowFilters.dispatchers(context, filter, found);
      } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
        found.types.clear();
      }
    }
    return found;
  }

  /** The filter is mapped to this path for these. */
  void addPath(String urlPattern, Set<DispatcherType> dispatchers) {
    types.computeIfAbsent(urlPattern, path -> none()).addAll(dispatchers);
  }

  /** The filter is mapped to the servlet with this name for these. */
  void addServlet(String name, Set<DispatcherType> dispatchers) {
    addPath(SERVLET + name, dispatchers);
  }

  /** Whether requests to this path pass the filter; yes when nothing is known. */
  boolean seeRequestsOf(String urlPattern) {
    return types.isEmpty()
        || types.getOrDefault(urlPattern, none()).contains(DispatcherType.REQUEST);
  }

  /** The same of the servlet with this name. */
  boolean seeRequestsOfServlet(String name) {
    return seeRequestsOf(SERVLET + name);
  }

  /**
   * Refuses a filter that no request passes, and warns of one that other dispatches pass by.
   *
   * @throws InvalidSettingException when it is mapped without {@code REQUEST}
   */
  void check(String filter) {
    if (types.isEmpty()) {
      return;
    }
    if (types.keySet().stream().noneMatch(this::seeRequestsOf)) {
      throw new InvalidSettingException(
          "the filter's mapping",
          "the filter "
              + filter
              + " is mapped without the dispatcher type REQUEST, and protects nothing",
          "Map it for all five dispatcher types, as the README shows, or use its method register");
    }
    List<String> gaps = new ArrayList<>();
    types.keySet().forEach(target -> addGap(target, gaps));
    if (!gaps.isEmpty()) {
      System.getLogger("dev.holdfast")
          .log(
              Level.WARNING,
              "the filter "
                  + filter
                  + " is mapped to "
                  + String.join(", ", gaps)
                  + ". What the container dispatches there in this way does not pass the filter:"
                  + " a forward from another path, an error page or an asynchronous dispatch, for"
                  + " example. Map it for all five dispatcher types, as the README shows.");
    }
  }

  private void addGap(String target, List<String> gaps) {
    Set<DispatcherType> missing = needed();
    types.forEach(
        (other, dispatchers) -> {
          if (covers(other, target)) {
            missing.removeAll(dispatchers);
          }
        });
    if (!missing.isEmpty()) {
      gaps.add(target + " without " + String.join(" ", missing.stream().map(Enum::name).toList()));
    }
  }

  /**
   * A request that is forwarded or included has passed a filter for every path, and goes on as the
   * filter passed it on. Error pages and asynchronous dispatches may come without all that.
   */
  private Set<DispatcherType> needed() {
    boolean areAll = seeRequestsOf("/*") || seeRequestsOfServlet("*");
    return areAll
        ? EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR, DispatcherType.ASYNC)
        : EnumSet.allOf(DispatcherType.class);
  }

  private static boolean covers(String mapping, String target) {
    if (mapping.equals(target) || mapping.equals("/*") || mapping.equals(SERVLET + '*')) {
      return true;
    }
    return mapping.endsWith("/*") && target.startsWith(mapping.substring(0, mapping.length() - 1));
  }

  private static Set<DispatcherType> none() {
    return EnumSet.noneOf(DispatcherType.class);
  }
}
