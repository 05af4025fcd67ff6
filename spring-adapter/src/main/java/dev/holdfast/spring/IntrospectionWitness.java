package dev.holdfast.spring;

import org.springframework.aop.AfterReturningAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * Notes what Spring Security's own introspectors answer, where they are beans: an introspector of
 * the application's own may ask one and then answer with other attributes, a user's profile for
 * example, in which there is no {@code cnf}. The bean keeps its type.
 */
final class IntrospectionWitness implements BeanPostProcessor {
  private static final String SPRINGS_OWN = "org.springframework.security.";

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (!(bean instanceof OpaqueTokenIntrospector)
        || !bean.getClass().getName().startsWith(SPRINGS_OWN)) {
      return bean;
    }
    ProxyFactory witnessed = new ProxyFactory(bean);
    witnessed.setProxyTargetClass(true);
    witnessed.addAdvice(
        (AfterReturningAdvice)
            (answer, method, arguments, target) -> {
              VerificationScope scope = VerificationScope.current();
              if (scope != null
                  && answer instanceof OAuth2AuthenticatedPrincipal principal
                  && arguments.length == 1
                  && arguments[0] instanceof String text) {
                scope.sawIntrospected(text, principal.getAttributes());
              }
            });
    return witnessed.getProxy(bean.getClass().getClassLoader());
  }
}
