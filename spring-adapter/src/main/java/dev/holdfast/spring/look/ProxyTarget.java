package dev.holdfast.spring.look;

import dev.holdfast.spring.held.UnseenFilterException;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.WebApplicationContextUtils;
import org.springframework.web.filter.DelegatingFilterProxy;

/** The bean that a {@link DelegatingFilterProxy} passes requests on to. */
public final class ProxyTarget {
  private ProxyTarget() {}

  /**
   * Looks in the proxy's own context, and in this one where the proxy has none.
   *
   * @return null when the proxy has its filter already, or when no such filter is there: then the
   *     proxy fails as well
   * @throws UnseenFilterException when the bean is there and cannot be had outside of a request,
   *     for example, or when it is not known which one it is
   */
  static @Nullable Filter of(DelegatingFilterProxy proxy, ApplicationContext application) {
    if (NativeDetector.inNativeImage() || field("delegate", proxy) != null) {
      return null;
    }
    String name = beanName(proxy);
    if (name == null) {
      throw new UnseenFilterException("it does not say to which bean it passes requests on");
    }
    ApplicationContext context = context(proxy, application);
    try {
      return context.getBean(name, Filter.class);
    } catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException none) {
      return null;
    } catch (RuntimeException hidden) {
      throw new UnseenFilterException(
          "the bean \"" + name + "\", to which it passes requests on, cannot be had at the start",
          hidden);
    }
  }

  /** The name that the application gave it; null where it cannot be read, or gave none. */
  public static @Nullable String beanName(DelegatingFilterProxy proxy) {
    return !NativeDetector.inNativeImage() && field("targetBeanName", proxy) instanceof String name
        ? name
        : null;
  }

  private static ApplicationContext context(
      DelegatingFilterProxy proxy, ApplicationContext application) {
    if (field("webApplicationContext", proxy) instanceof ApplicationContext own) {
      return own;
    }
    String attribute = proxy.getContextAttribute();
    if (attribute == null) {
      return application;
    }
    ServletContext servlets =
        application instanceof WebApplicationContext web ? web.getServletContext() : null;
    WebApplicationContext there =
        servlets == null || !(servlets.getAttribute(attribute) instanceof WebApplicationContext)
            ? null
            : WebApplicationContextUtils.getWebApplicationContext(servlets, attribute);
    if (there == null) {
      throw new UnseenFilterException(
          "the context that it looks in, that of the attribute " + attribute + ", is not there");
    }
    return there;
  }

  private static @Nullable Object field(String name, DelegatingFilterProxy proxy) {
    try {
      Field field = ReflectionUtils.findField(DelegatingFilterProxy.class, name);
      ReflectionUtils.makeAccessible(Objects.requireNonNull(field));
      return ReflectionUtils.getField(field, proxy);
    } catch (RuntimeException anotherVersion) {
      throw new UnseenFilterException("its field \"" + name + "\" cannot be read", anotherVersion);
    }
  }
}
