package dev.holdfast.servlet.registration;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.servlet.registration.container.DispatcherMappings;
import dev.holdfast.servlet.registration.container.JettyFilters;
import dev.holdfast.servlet.registration.container.TomcatFilters;
import dev.holdfast.servlet.registration.container.UndertowFilters;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
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
public final class MappedDispatchers implements DispatcherMappings {
  private final Map<String, Set<DispatcherType>> types = new LinkedHashMap<>();
  private final Map<String, Collection<String>> servletPaths;

  private MappedDispatchers(Map<String, Collection<String>> servletPaths) {
    this.servletPaths = servletPaths;
  }

  public static MappedDispatchers of(FilterConfig config) {
    ServletContext context = config.getServletContext();
    MappedDispatchers found = new MappedDispatchers(new LinkedHashMap<>());
    if (JettyFilters.areMappingsFinal(context)) {
      try {
        String filter = config.getFilterName();
        TomcatFilters.dispatchers(context, filter, found);
        JettyFilters.dispatchers(context, filter, found);
        UndertowFilters.dispatchers(context, filter, found);
        if (!found.types.isEmpty()) {
          context
              .getServletRegistrations()
              .forEach((name, servlet) -> found.servletPaths.put(name, Mappings.paths(servlet)));
        }
      } catch (ReflectiveOperationException | RuntimeException anotherVersion) {
        found.types.clear();
      }
    }
    return found;
  }

  @Override
  public void addPath(String urlPattern, Set<DispatcherType> dispatchers) {
    types.computeIfAbsent(RequestCoverage.shown(urlPattern), path -> none()).addAll(dispatchers);
  }

  @Override
  public void addServlet(String name, Set<DispatcherType> dispatchers) {
    addPath(RequestCoverage.servlet(name), dispatchers);
  }

  /** Whether requests to this path pass the filter; yes when nothing is known. */
  public boolean seeRequestsOf(String urlPattern) {
    return types.isEmpty()
        || types.getOrDefault(urlPattern, none()).contains(DispatcherType.REQUEST);
  }

  /** The same of the servlet with this name. */
  boolean seeRequestsOfServlet(String name) {
    return seeRequestsOf(RequestCoverage.servlet(name));
  }

  /**
   * Refuses a filter that no request passes, or that requests to some of its mappings pass by, and
   * warns of one that other dispatches pass by.
   *
   * @throws InvalidSettingException when requests would not be seen where it is mapped
   */
  public void check(String filter) {
    if (types.isEmpty()) {
      return;
    }
    RequestCoverage requests = new RequestCoverage(servletPaths);
    types.keySet().forEach(target -> requests.addPath(target, seeRequestsOf(target)));
    if (!requests.isAny()) {
      throw new InvalidSettingException(
          "the filter's mapping",
          "the filter "
              + filter
              + " is mapped without the dispatcher type REQUEST, and protects nothing",
          "Map it for all five dispatcher types, as the README shows, or use its method register");
    }
    requests.check("the filter's mapping", filter);
    List<String> gaps = new ArrayList<>();
    types.keySet().stream()
        .filter(target -> !requests.isForDispatchesOnly(target))
        .forEach(target -> addGap(target, requests.isCovered(target), gaps));
    if (!gaps.isEmpty()) {
      ApplicationLog.named("dev.holdfast")
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

  private void addGap(String target, boolean areRequestsSeen, List<String> gaps) {
    Set<DispatcherType> missing = needed();
    if (areRequestsSeen) {
      missing.remove(DispatcherType.REQUEST);
    }
    types.forEach(
        (other, dispatchers) -> {
          if (RequestCoverage.covers(other, target)) {
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

  private static Set<DispatcherType> none() {
    return EnumSet.noneOf(DispatcherType.class);
  }
}
