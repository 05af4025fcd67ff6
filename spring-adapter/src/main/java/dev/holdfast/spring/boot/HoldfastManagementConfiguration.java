package dev.holdfast.spring.boot;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.servlet.MetadataFilter;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.ProxyFilter;
import dev.holdfast.servlet.cookie.BoundCookieFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.look.ChainLook;
import dev.holdfast.spring.sessions.SessionWrites;
import jakarta.servlet.Filter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.ResolvableType;

/**
 * The management port, where {@code management.server.port} gives it a server of its own: Boot
 * takes Spring Security's chains over to it and no other filter. The filters of the application's
 * port stand there too, in the same order, and its TLS negotiates Token Binding as theirs does.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(value = EvidenceSource.class, search = SearchStrategy.ANCESTORS)
final class HoldfastManagementConfiguration {

  /** Also where no proxy is trusted, so that the filter is not there. */
  @Bean
  ServletContextInitializer holdfastManagementCheck(EvidenceSource source) {
    return source::check;
  }

  @Bean
  @ConditionalOnBean(
      value = ProxyFilter.class,
      parameterizedContainer = FilterRegistrationBean.class,
      search = SearchStrategy.ANCESTORS)
  FilterRegistrationBean<ProxyFilter> holdfastManagementProxyFilter(
      EvidenceSource source, HierarchicalBeanFactory beans) {
    FilterRegistrationBean<ProxyFilter> registration = FilterOrder.proxyFilter(source);
    registration.setEnabled(ofApplication(beans, ProxyFilter.class).isEnabled());
    return registration;
  }

  /** Spring Security's chains are there, and each would serve a document of its own. */
  @Bean
  @ConditionalOnBean(
      value = MetadataFilter.class,
      parameterizedContainer = FilterRegistrationBean.class,
      search = SearchStrategy.ANCESTORS)
  FilterRegistrationBean<MetadataFilter> holdfastManagementMetadataFilter(
      Assembly assembly, EvidenceSource source, HierarchicalBeanFactory beans) {
    FilterRegistrationBean<MetadataFilter> registration =
        FilterOrder.metadataFilter(MetadataPlace.of(assembly, source));
    registration.setEnabled(ofApplication(beans, MetadataFilter.class).isEnabled());
    return registration;
  }

  @Bean
  FilterOrder holdfastManagementFilterOrder(ListableBeanFactory beans) {
    return new FilterOrder(beans);
  }

  /** When all its beans are there, and before its server listens. */
  @Bean
  SmartInitializingSingleton holdfastManagementLook(
      ObjectProvider<ChainLook> look, ApplicationContext context) {
    return () -> look.ifAvailable(application -> application.look(context));
  }

  /** Of the sessions of its own server. */
  @Bean
  static SessionWrites holdfastManagementSessionWrites() {
    return new SessionWrites();
  }

  private static <T extends Filter> FilterRegistrationBean<T> ofApplication(
      HierarchicalBeanFactory beans, Class<T> filter) {
    return Objects.requireNonNull(beans.getParentBeanFactory())
        .<FilterRegistrationBean<T>>getBeanProvider(
            ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, filter))
        .orderedStream()
        .findFirst()
        .orElseThrow();
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(
      value = BoundCookieFilter.class,
      parameterizedContainer = FilterRegistrationBean.class,
      search = SearchStrategy.ANCESTORS)
  static class Cookies {

    /** The application's very filter: it has no state of a port. */
    @Bean
    FilterRegistrationBean<BoundCookieFilter> holdfastManagementCookies(
        HierarchicalBeanFactory beans) {
      FilterRegistrationBean<BoundCookieFilter> application =
          ofApplication(beans, BoundCookieFilter.class);
      @Nullable BoundCookieFilter filter = application.getFilter();
      FilterRegistrationBean<BoundCookieFilter> registration =
          FilterOrder.cookieFilter(Objects.requireNonNull(filter));
      registration.setEnabled(application.isEnabled());
      return registration;
    }

    @Bean
    ServletContextInitializer holdfastManagementSessionCookie(
        FilterRegistrationBean<BoundCookieFilter> holdfastManagementCookies) {
      return context -> BoundCookieAutoConfiguration.protect(holdfastManagementCookies, context);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "holdfast.token-binding.source", havingValue = "tls")
  @Import(NegotiatingServers.class)
  static class TokenBinding {}
}
