package dev.holdfast.spring;

import dev.holdfast.configuration.Assembly;
import dev.holdfast.servlet.EvidenceSource;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;

/**
 * Auto-configuration: where {@code holdfast.cookies} is set, a {@link BoundCookieFilter} before
 * everything that reads a session cookie, Spring Session's and Spring Security's filters above all,
 * and after the filter of forwarded headers.
 */
@AutoConfiguration(after = HoldfastAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Assembly.class)
@Conditional(OnBoundCookiesCondition.class)
@EnableConfigurationProperties(CookieProperties.class)
public final class BoundCookieAutoConfiguration {
  /** Spring Session's own is {@code Integer.MIN_VALUE + 50}. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

  @Bean
  @ConditionalOnMissingBean(BoundCookieFilter.class)
  FilterRegistrationBean<BoundCookieFilter> holdfastBoundCookies(
      CookieProperties properties, Assembly assembly, EvidenceSource evidence) {
    FilterRegistrationBean<BoundCookieFilter> registration =
        new FilterRegistrationBean<>(
            BoundCookieFilter.builder()
                .settings(properties.settings(), assembly)
                .evidence(evidence)
                .build());
    registration.setName("holdfast-cookies");
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return registration;
  }

  /** Before the container is started, which is the last moment for it. */
  @Bean
  ServletContextInitializer holdfastSessionCookie(
      FilterRegistrationBean<BoundCookieFilter> boundCookies) {
    return context -> {
      BoundCookieFilter filter = boundCookies.getFilter();
      if (filter != null) {
        filter.protectSessionCookie(context);
      }
    };
  }
}
