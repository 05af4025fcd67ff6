package dev.holdfast.spring.look;

import jakarta.servlet.Filter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.FilterChainProxy;

/** The filters of one application context, and of those above, by the names of their beans. */
final class FilterBeans {
  private final ApplicationContext context;
  private @Nullable Map<String, Filter> filters;

  FilterBeans(ApplicationContext context) {
    this.context = context;
  }

  /** Filters that Boot registers, and every {@code FilterChainProxy}, whoever registers it. */
  Map<String, Filter> filters() {
    if (filters == null) {
      filters = findFilters();
    }
    return filters;
  }

  private Map<String, Filter> findFilters() {
    Map<String, Filter> filters = of(Filter.class);
    filters.putAll(prototypes());
    Map<String, Filter> registered = new LinkedHashMap<>();
    of(AbstractFilterRegistrationBean.class)
        .forEach(
            (name, registration) -> {
              Filter filter = registration.getFilter();
              filters.values().removeIf(bean -> bean == filter && !isProxy(bean));
              if (filter != null && registration.isEnabled()) {
                registered.put(name, filter);
              }
            });
    filters.putAll(registered);
    return filters;
  }

  /** Boot registers an instance of each of these as well. */
  private Map<String, Filter> prototypes() {
    Map<String, Filter> prototypes = new LinkedHashMap<>();
    for (String name :
        BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, Filter.class, true, false)) {
      if (context.isPrototype(name) && !ScopedProxyUtils.isScopedTarget(name)) {
        prototypes.put(name, context.getBean(name, Filter.class));
      }
    }
    return prototypes;
  }

  private static boolean isProxy(Filter bean) {
    return bean instanceof FilterChainProxy;
  }

  <T> Map<String, T> of(Class<T> type) {
    return new LinkedHashMap<>(
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, type, false, false));
  }
}
