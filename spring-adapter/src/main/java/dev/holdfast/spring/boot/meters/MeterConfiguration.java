package dev.holdfast.spring.boot.meters;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.tls.engine.TlsHandshakes;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Meters, where Micrometer is on the class path. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
public class MeterConfiguration {

  @Bean
  @ConditionalOnMissingBean
  DecisionMeters holdfastDecisionMeters() {
    return new DecisionMeters();
  }

  @Bean
  @ConditionalOnMissingBean
  CacheMeters holdfastCacheMeters(Assembly assembly) {
    return new CacheMeters(assembly);
  }

  @Bean
  @ConditionalOnMissingBean
  ReplayGuardMeters holdfastReplayGuardMeters(Assembly assembly) {
    return new ReplayGuardMeters(assembly);
  }

  @Bean
  @ConditionalOnMissingBean
  EventMeters holdfastEventMeters(Assembly assembly) {
    return new EventMeters(assembly);
  }

  /** Where the connector's own TLS may serve. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(TlsHandshakes.class)
  @ConditionalOnProperty(name = "holdfast.token-binding.source", havingValue = "tls")
  public static class HandshakeMeterConfiguration {
    @Bean
    @ConditionalOnMissingBean
    HandshakeMeters holdfastHandshakeMeters() {
      return new HandshakeMeters();
    }
  }
}
