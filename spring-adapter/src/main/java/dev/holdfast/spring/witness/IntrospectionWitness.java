package dev.holdfast.spring.witness;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Watches what the issuer answers, where Spring Security's own introspectors are beans, or are
 * asked by a bean. See {@link WatchedIntrospector}. The bean stays what it is.
 */
public final class IntrospectionWitness implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof OpaqueTokenIntrospector) {
      HeldIntrospectors.in(bean).forEach(WatchedIntrospector::watch);
    }
    return bean;
  }
}
