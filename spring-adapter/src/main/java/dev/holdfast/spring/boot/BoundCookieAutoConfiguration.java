package dev.holdfast.spring.boot;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import jakarta.servlet.ServletContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration: where {@code holdfast.cookies} is set, a {@link BoundCookieFilter} before
 * everything that reads a session cookie, Spring Session's and Spring Security's filters above all,
 * and after the filter of forwarded headers.
 */
@AutoConfiguration(after = HoldfastAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Assembly.class)
@Conditional(OnBoundCookiesCondition.class)
public final class BoundCookieAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(
      value = BoundCookieFilter.class,
      parameterizedContainer = FilterRegistrationBean.class)
  FilterRegistrationBean<BoundCookieFilter> holdfastBoundCookies(
      HoldfastProperties properties, Assembly assembly, EvidenceSource evidence) {
    return FilterOrder.cookieFilter(
        BoundCookieFilter.builder()
            .settings(properties.ofSpring().cookies(), assembly)
            .evidence(evidence)
            .build());
  }

  /** A filter that the application makes itself gets its place here too, and not the last one. */
  @Bean
  @ConditionalOnBean(BoundCookieFilter.class)
  FilterRegistrationBean<BoundCookieFilter> holdfastOwnBoundCookies(BoundCookieFilter own) {
    return FilterOrder.cookieFilter(own);
  }

  /** Before the container is started, which is the last moment for it. */
  @Bean
  ServletContextInitializer holdfastSessionCookie(
      ObjectProvider<FilterRegistrationBean<BoundCookieFilter>> boundCookies) {
    return context -> boundCookies.forEach(cookies -> protect(cookies, context));
  }

  static void protect(
      FilterRegistrationBean<BoundCookieFilter> boundCookies, ServletContext context) {
    BoundCookieFilter filter = boundCookies.getFilter();
    if (filter != null) {
      filter.protectSessionCookie(context);
    }
  }
}
