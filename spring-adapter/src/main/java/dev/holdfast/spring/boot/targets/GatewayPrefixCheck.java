package dev.holdfast.spring.boot.targets;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.http.Forwarding;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Refuses a gateway in which a client's {@code X-Forwarded-Prefix} chooses the path that a service
 * gets: Spring's filter calls the prefix a context path, below which rules and chains compare, and
 * Spring Cloud Gateway looks for routes with the whole path.
 */
final class GatewayPrefixCheck implements SmartInitializingSingleton {
  private final Assembly assembly;
  private final ListableBeanFactory beans;

  GatewayPrefixCheck(Assembly assembly, ListableBeanFactory beans) {
    this.assembly = assembly;
    this.beans = beans;
  }

  /**
   * Looks at the filters.
   *
   * @throws InvalidSettingException when everybody's prefix would be believed, or a forwarded host
   *     would not be looked at
   */
  @Override
  public void afterSingletonsInstantiated() {
    Set<String> known = new HashSet<>();
    boolean isLookedAt = false;
    for (AbstractFilterRegistrationBean<?> filter : RegisteredFilters.of(beans)) {
      known.add(String.valueOf(filter.getFilterName()));
      isLookedAt |= filter.getFilter() instanceof ForwardedTargetFilter;
      if (filter.getFilter() instanceof ForwardedHeaderFilter) {
        requireBelievedOfProxiesOnly();
        requireBeforeTheLook(isLookedAt, String.valueOf(filter.getFilterName()));
      }
    }
    ServletContext servlets = beans.getBeanProvider(ServletContext.class).getIfAvailable();
    if (servlets != null) {
      servlets
          .getFilterRegistrations()
          .forEach((name, filter) -> requireNoOther(known.contains(name), filter));
    }
  }

  /** One that was registered with the container may stand before the filter of proxies. */
  private static void requireNoOther(boolean isKnown, FilterRegistration filter) {
    if (!isKnown && isForwardedHeaderFilter(String.valueOf(filter.getClassName()))) {
      throw new InvalidSettingException(
          "the registration of the filter " + filter.getName(),
          "this ForwardedHeaderFilter was registered with the container, where nobody knows"
              + " whether it comes before Holdfast's filters, so that a client's headers can choose"
              + " the path that a service gets",
          "Make it a FilterRegistrationBean with the order Ordered.HIGHEST_PRECEDENCE, or set"
              + " server.forward-headers-strategy=framework in its place");
    }
  }

  private static boolean isForwardedHeaderFilter(String className) {
    try {
      return ForwardedHeaderFilter.class.isAssignableFrom(
          ClassUtils.forName(className, GatewayPrefixCheck.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError ofTheContainer) {
      return false;
    }
  }

  private void requireBelievedOfProxiesOnly() {
    if (assembly.settings().proxies().forwarding() != Forwarding.X_FORWARDED) {
      throw new InvalidSettingException(
          "server.forward-headers-strategy",
          "it is framework, or the application has a ForwardedHeaderFilter, so that"
              + " X-Forwarded-Prefix of any client chooses the path that a service gets, and no"
              + " rule and no chain looks at that path",
          "Set holdfast.proxies.trusted and holdfast.proxies.forwarding=x-forwarded, so that it is"
              + " believed of your proxies only, or remove the setting or the filter");
    }
  }

  /** What it made of a request would be the gateway's target, and nobody would have seen it. */
  private static void requireBeforeTheLook(boolean isLookedAt, String name) {
    if (isLookedAt) {
      throw new InvalidSettingException(
          "the registration of the filter " + name,
          "this ForwardedHeaderFilter comes after Holdfast's look at the target and after the"
              + " chains, so that a forwarded host can choose the path that a service gets",
          "Register it with the order Ordered.HIGHEST_PRECEDENCE, or set"
              + " server.forward-headers-strategy=framework in its place");
    }
  }
}
