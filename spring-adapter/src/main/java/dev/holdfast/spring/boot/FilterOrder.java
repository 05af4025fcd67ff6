package dev.holdfast.spring.boot;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.servlet.EventFilter;
import dev.holdfast.servlet.EventPlace;
import dev.holdfast.servlet.HoldfastFilter;
import dev.holdfast.servlet.MetadataFilter;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.ProxyFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.servlet.registration.RequestCoverage;
import dev.holdfast.spring.boot.targets.RegisteredFilters;
import dev.holdfast.spring.look.ProxyTarget;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Where this project's filters stand among those of Spring Boot, and the check that they do.
 *
 * <p>{@link ProxyFilter} is the first of all: it hides what a stranger wrote before anybody reads
 * it, Boot's {@code ForwardedHeaderFilter} above all, which has the smallest number that there is.
 * {@link BoundCookieFilter} comes after the forwarded headers, since it must know whether the
 * browser used TLS, and before the first filter that reads a session.
 */
public final class FilterOrder implements SmartInitializingSingleton {
  /** {@code ForwardedHeaderFilter} has the first number, Spring Session's filter the 50th. */
  public static final int COOKIES = Ordered.HIGHEST_PRECEDENCE + 40;

  /** Before Spring Security, which has a document of its own in the same place. */
  private static final int METADATA = COOKIES + 1;

  private static final String SESSIONS =
      "org.springframework.session.web.http.SessionRepositoryFilter";
  private static final String SECURITY = "org.springframework.security.web.FilterChainProxy";
  private static final String PROXY = "org.springframework.web.filter.DelegatingFilterProxy";

  private static final String SECURITY_BEAN = "springSecurityFilterChain";
  private static final String DISPATCHER_TYPES = "spring.security.filter.dispatcher-types";

  private final ListableBeanFactory beans;

  FilterOrder(ListableBeanFactory beans) {
    this.beans = beans;
  }

  static FilterRegistrationBean<ProxyFilter> proxyFilter(EvidenceSource source) {
    FilterRegistrationBean<ProxyFilter> registration = new First<>(new ProxyFilter(source));
    registration.setName("holdfast-proxies");
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    registration.setEnabled(source.knowsProxies());
    return registration;
  }

  static FilterRegistrationBean<BoundCookieFilter> cookieFilter(BoundCookieFilter filter) {
    FilterRegistrationBean<BoundCookieFilter> registration = new FilterRegistrationBean<>(filter);
    registration.setName("holdfast-cookies");
    registration.setOrder(COOKIES);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return registration;
  }

  static FilterRegistrationBean<MetadataFilter> metadataFilter(MetadataPlace place) {
    FilterRegistrationBean<MetadataFilter> registration =
        new FilterRegistrationBean<>(new MetadataFilter(place));
    registration.setName("holdfast-metadata");
    registration.setOrder(METADATA);
    registration.addUrlPatterns(MetadataPlace.MAPPING);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    registration.setEnabled(place.isSomewhere());
    return registration;
  }

  /** Before Spring Security, which would ask transmitters for a token, and forms for another. */
  static FilterRegistrationBean<EventFilter> eventFilter(EventPlace place) {
    FilterRegistrationBean<EventFilter> registration =
        new FilterRegistrationBean<>(new EventFilter(place));
    registration.setName("holdfast-events");
    registration.setOrder(METADATA);
    String mapping = place.mapping();
    if (mapping != null) {
      registration.addUrlPatterns(mapping);
    }
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    registration.setEnabled(mapping != null);
    return registration;
  }

  /** Comes before all that are not {@link PriorityOrdered}, whatever their number. */
  private static final class First<T extends Filter> extends FilterRegistrationBean<T>
      implements PriorityOrdered {
    First(T filter) {
      super(filter);
      setOrder(Ordered.HIGHEST_PRECEDENCE);
    }
  }

  /**
   * Looks at what came of it.
   *
   * @throws InvalidSettingException when a filter that reads sessions or headers comes first
   */
  @Override
  public void afterSingletonsInstantiated() {
    requireSecurityOfRequests(beans.getBean(Environment.class));
    List<AbstractFilterRegistrationBean<?>> filters = RegisteredFilters.of(beans);
    requireRequests(filters);
    AbstractFilterRegistrationBean<?> reader = null;
    for (AbstractFilterRegistrationBean<?> filter : filters) {
      if (isOurs(filter) && reader != null) {
        throw tooEarly(reader, filter);
      }
      reader = reader == null && readsSessions(filter) ? filter : reader;
    }
  }

  /** Without {@code request} no chain sees what a client sends. */
  private static void requireSecurityOfRequests(Environment environment) {
    List<String> types =
        Binder.get(environment)
            .bind(DISPATCHER_TYPES, Bindable.listOf(String.class))
            .orElseGet(List::of);
    if (!types.isEmpty() && types.stream().noneMatch("request"::equalsIgnoreCase)) {
      throw new InvalidSettingException(
          DISPATCHER_TYPES,
          "it is " + types + ", so that no request of a client passes Spring Security",
          "Add request, or remove the setting");
    }
  }

  /**
   * One of Holdfast's, or Spring Security's, must be registered for requests, and for requests to
   * each path for which it is registered at all. What else it is registered for does not matter
   * here: each is asked for every path, so that a forward comes from a request that it has seen.
   */
  private static void requireRequests(List<AbstractFilterRegistrationBean<?>> filters) {
    for (AbstractFilterRegistrationBean<?> filter : filters) {
      String protector = protector(filter);
      if (protector != null && !hasRequest(filter)) {
        RequestCoverage coverage = new RequestCoverage();
        filters.stream()
            .filter(other -> hasRequest(other) && protector.equals(protector(other)))
            .forEach(other -> addMappings(other, true, coverage));
        if (!coverage.isAny()) {
          throw new InvalidSettingException(
              "the registration of the filter " + filter.getFilterName(),
              "it has the dispatcher types "
                  + filter.determineDispatcherTypes()
                  + ", so that no request of a client passes the filter, and it protects nothing",
              "Add DispatcherType.REQUEST to its setDispatcherTypes(...), or leave the call out");
        }
        addMappings(filter, false, coverage);
        coverage.check("the registration of the filter", String.valueOf(filter.getFilterName()));
      }
    }
  }

  private static boolean hasRequest(AbstractFilterRegistrationBean<?> filter) {
    return filter.determineDispatcherTypes().contains(DispatcherType.REQUEST);
  }

  /** As Boot maps it: to every path where nothing is named. */
  private static void addMappings(
      AbstractFilterRegistrationBean<?> filter, boolean hasRequest, RequestCoverage coverage) {
    Set<String> servlets = new LinkedHashSet<>(filter.getServletNames());
    filter.getServletRegistrationBeans().forEach(bean -> servlets.add(bean.getServletName()));
    servlets.forEach(name -> coverage.addServlet(name, hasRequest));
    filter.getUrlPatterns().forEach(pattern -> coverage.addPath(pattern, hasRequest));
    if (servlets.isEmpty() && filter.getUrlPatterns().isEmpty()) {
      coverage.addPath("/*", hasRequest);
    }
  }

  /** The same text for every registration of the same filter; null for filters of others. */
  private static @Nullable String protector(AbstractFilterRegistrationBean<?> registration) {
    Filter filter = registration.getFilter();
    if (filter instanceof ProxyFilter
        || filter instanceof BoundCookieFilter
        || filter instanceof HoldfastFilter) {
      return filter.getClass().getName();
    }
    boolean isSecurity =
        isOf(filter, Set.of(SECURITY))
            || (filter instanceof DelegatingFilterProxy proxy
                && SECURITY_BEAN.equals(ProxyTarget.beanName(proxy)));
    return isSecurity ? SECURITY : null;
  }

  private static boolean isOurs(AbstractFilterRegistrationBean<?> registration) {
    Filter filter = filter(registration);
    return filter instanceof ProxyFilter || filter instanceof BoundCookieFilter;
  }

  private static boolean readsSessions(AbstractFilterRegistrationBean<?> registration) {
    Filter filter = filter(registration);
    if (filter == null) {
      return registration instanceof DelegatingFilterProxyRegistrationBean;
    }
    return isOf(filter, Set.of(SESSIONS, SECURITY, PROXY));
  }

  private static boolean isOf(@Nullable Filter filter, Set<String> names) {
    for (Class<?> type = filter == null ? null : filter.getClass();
        type != null;
        type = type.getSuperclass()) {
      if (names.contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Filter filter(AbstractFilterRegistrationBean<?> registration) {
    return registration instanceof FilterRegistrationBean<?> known ? known.getFilter() : null;
  }

  private static InvalidSettingException tooEarly(
      AbstractFilterRegistrationBean<?> reader, AbstractFilterRegistrationBean<?> ours) {
    Filter filter = filter(reader);
    boolean isSpringSession = filter != null && filter.getClass().getName().equals(SESSIONS);
    return new InvalidSettingException(
        isSpringSession ? "spring.session.servlet.filter-order" : "spring.security.filter.order",
        "with order "
            + reader.getOrder()
            + " the filter \""
            + reader.getFilterName()
            + "\" sees requests before Holdfast's "
            + (filter(ours) instanceof ProxyFilter
                ? "filter of proxies does"
                : "filter of bound cookies does, which has order " + ours.getOrder()),
        "Remove the setting, or the order of that filter, or write a number above "
            + Math.max(COOKIES, ours.getOrder()));
  }
}
