package dev.holdfast.spring.boot;

import dev.holdfast.spring.HoldfastConfigurer;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/**
 * {@link HoldfastConfigurer} on every chain: Spring Security 6.5 asks no {@code Customizer} beans,
 * and makes a new {@code HttpSecurity} bean for each chain.
 */
@Configuration(proxyBeanMethods = false)
class EveryChainConfiguration {

  /** Applied to each {@code HttpSecurity} before the application configures it. */
  @Bean
  static OnEveryChain holdfastOnEveryChain() {
    return new OnEveryChain();
  }

  static final class OnEveryChain implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
      if (bean instanceof HttpSecurity http) {
        try {
          http.with(HoldfastConfigurer.whereFitting(), Customizer.withDefaults());
        } catch (Exception failed) { // the method's own declaration
          throw new BeanCreationException(beanName, "Holdfast cannot be put on the chain", failed);
        }
      }
      return bean;
    }
  }
}
