package dev.holdfast.spring.boot.reactive;

import dev.holdfast.spring.boot.issuers.BootNames;
import dev.holdfast.spring.boot.issuers.OnIssuerCondition;
import dev.holdfast.spring.webflux.HoldfastIssuers;
import dev.holdfast.spring.webflux.verification.IssuersDecoder;
import dev.holdfast.spring.webflux.verification.IssuersIntrospector;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;

/**
 * Auto-configuration: a chain for a WebFlux application that defines none. Every request needs a
 * token of one of Holdfast's issuers; there is no session, no form, and no CSRF token, for a
 * browser sends no access token by itself. Where the application defines a decoder or an
 * introspector, Boot's own default chain serves it, and is enforced.
 */
@AutoConfiguration(
    after = HoldfastReactiveAutoConfiguration.class,
    before = {
      ReactiveManagementWebSecurityAutoConfiguration.class,
      ReactiveWebSecurityAutoConfiguration.class
    },
    beforeName = {BootNames.REACTIVE_RESOURCE_SERVER, BootNames.REACTIVE_RESOURCE_SERVER_CHAIN})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(HoldfastIssuers.class)
@Conditional({
  OnIssuerCondition.class,
  NothingCustomizedReactively.Decoder.class,
  NothingCustomizedReactively.Introspector.class
})
@ConditionalOnMissingBean(
    value = {
      SecurityWebFilterChain.class,
      ReactiveJwtDecoder.class,
      ReactiveOpaqueTokenIntrospector.class
    },
    ignored = {IssuersDecoder.class, IssuersIntrospector.class})
public final class HoldfastReactiveWebSecurityAutoConfiguration {

  @Bean
  SecurityWebFilterChain holdfastSecurityWebFilterChain(
      ServerHttpSecurity http, HoldfastIssuers issuers) {
    return http.authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .csrf(CsrfSpec::disable)
        .requestCache(RequestCacheSpec::disable)
        .oauth2ResourceServer(server -> server.authenticationManagerResolver(issuers.resolver()))
        .build();
  }
}
