package dev.holdfast.spring.boot.settings;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What endpoints show of settings, where there are endpoints. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(SanitizingFunction.class)
public class SecretConfiguration {

  @Bean
  SecretSettings holdfastSecretSettings(Environment environment) {
    return new SecretSettings(environment);
  }
}
