package dev.holdfast.spring;

import jakarta.servlet.Filter;
import java.lang.reflect.Field;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/** The bean that a {@link DelegatingFilterProxy} passes requests on to. */
final class ProxyTarget {
  private ProxyTarget() {}

  /**
   * Looks in the proxy's own context, and in this one where the proxy has none.
   *
   * @return null when no such bean is there, or when it lives in a scope of its own
   */
  static @Nullable Filter of(DelegatingFilterProxy proxy, ApplicationContext application) {
    String name = beanName(proxy);
    if (name == null) {
      return null;
    }
    ApplicationContext own =
        HiddenField.read(DelegatingFilterProxy.class, WebApplicationContext.class, proxy);
    ApplicationContext context = own == null ? application : own;
    return context.containsBean(name)
            && context.isTypeMatch(name, Filter.class)
            && (context.isSingleton(name) || context.isPrototype(name))
        ? context.getBean(name, Filter.class)
        : null;
  }

  private static @Nullable String beanName(DelegatingFilterProxy proxy) {
    Field field = ReflectionUtils.findField(DelegatingFilterProxy.class, "targetBeanName");
    try {
      ReflectionUtils.makeAccessible(Objects.requireNonNull(field));
      return (String) ReflectionUtils.getField(field, proxy);
    } catch (RuntimeException hidden) {
      return null;
    }
  }
}
