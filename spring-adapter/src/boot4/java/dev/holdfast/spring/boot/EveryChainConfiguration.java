package dev.holdfast.spring.boot;

import dev.holdfast.spring.HoldfastConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** {@link HoldfastConfigurer} on every chain: Spring Security 7 asks beans of this type. */
@Configuration(proxyBeanMethods = false)
class EveryChainConfiguration {

  /** Applied to each {@code HttpSecurity} before the application configures it. */
  @Bean
  Customizer<HttpSecurity> holdfastOnEveryChain() {
    return http -> http.with(HoldfastConfigurer.whereFitting(), Customizer.withDefaults());
  }
}
