package dev.holdfast.spring.events;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Holds back what tells of a success before the binding is confirmed, whoever publishes it: an
 * {@code AuthenticationManager} of the application's own may have a publisher that no chain knows.
 * All of them publish through the application context, and that through its multicaster. It has no
 * order, so that whatever defines beans with one has had its turn.
 */
public final class HeldSuccess implements BeanDefinitionRegistryPostProcessor, BeanPostProcessor {
  private static final String NAME =
      AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

  /** Where the application has no multicaster of its own, as most have not. */
  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    if (!registry.containsBeanDefinition(NAME)) {
      registry.registerBeanDefinition(NAME, new RootBeanDefinition(HeldEventMulticaster.class));
    }
  }

  /** Where it has one. */
  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return NAME.equals(name)
            && bean instanceof ApplicationEventMulticaster own
            && !(bean instanceof HeldEventMulticaster)
        ? around(own)
        : bean;
  }

  /** With all interfaces of it, since beans may be injected by any of them. */
  private static Object around(ApplicationEventMulticaster own) {
    ProxyFactory proxy = new ProxyFactory(own);
    proxy.setOpaque(true);
    proxy.addAdvice(
        (MethodInterceptor)
            call -> {
              Object[] arguments = call.getArguments();
              return arguments.length > 0
                      && arguments[0] instanceof ApplicationEvent event
                      && HeldEventMulticaster.waits(event, () -> own.multicastEvent(event))
                  ? null
                  : call.proceed();
            });
    return proxy.getProxy(own.getClass().getClassLoader());
  }
}
