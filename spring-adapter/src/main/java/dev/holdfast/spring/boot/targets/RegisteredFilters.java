package dev.holdfast.spring.boot.targets;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;

/** The filters that Spring Boot registers with the container. */
public final class RegisteredFilters {
  private RegisteredFilters() {}

  /** The enabled ones of this context, in the order in which they see a request. */
  public static List<AbstractFilterRegistrationBean<?>> of(ListableBeanFactory beans) {
    List<AbstractFilterRegistrationBean<?>> filters = new ArrayList<>();
    for (ServletContextInitializer initializer : new ServletContextInitializerBeans(beans)) {
      if (initializer instanceof AbstractFilterRegistrationBean<?> filter && filter.isEnabled()) {
        filters.add(filter);
      }
    }
    return filters;
  }
}
