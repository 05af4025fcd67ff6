package dev.holdfast.spring;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** A chain of the management port alone, which takes tokens without Holdfast. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnProperty(ForeignManagementChain.PROPERTY)
class ForeignManagementChain {
  static final String PROPERTY = "test.foreign-management-chain";
  private static final AuthenticationManager ANYBODY = token -> token;

  @Bean
  FilterChainProxy partners() {
    return new FilterChainProxy(
        new DefaultSecurityFilterChain(
            AnyRequestMatcher.INSTANCE, new BearerTokenAuthenticationFilter(ANYBODY)));
  }
}
