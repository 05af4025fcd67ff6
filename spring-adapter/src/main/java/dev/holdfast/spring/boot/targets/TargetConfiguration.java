package dev.holdfast.spring.boot.targets;

import dev.holdfast.configuration.assembly.Assembly;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The looks at a request's target. */
@Configuration(proxyBeanMethods = false)
public class TargetConfiguration {
  /** Behind Boot's {@code ForwardedHeaderFilter}, before everything that looks at a path. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 39;

  @Bean
  FilterRegistrationBean<ForwardedTargetFilter> holdfastTargetFilter() {
    FilterRegistrationBean<ForwardedTargetFilter> registration =
        new FilterRegistrationBean<>(new ForwardedTargetFilter());
    registration.setName("holdfast-targets");
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return registration;
  }

  /** What only a gateway on servlets needs: its path is also its services'. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange")
  static class GatewayConfiguration {
    @Bean
    GatewayPrefixCheck holdfastGatewayPrefixCheck(Assembly assembly, ListableBeanFactory beans) {
      return new GatewayPrefixCheck(assembly, beans);
    }

    @Bean
    GatewayTargetLook holdfastGatewayTargetLook(Assembly assembly) {
      return new GatewayTargetLook(assembly);
    }
  }
}
