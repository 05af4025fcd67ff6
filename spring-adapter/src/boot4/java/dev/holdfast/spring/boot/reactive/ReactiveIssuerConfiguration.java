package dev.holdfast.spring.boot.reactive;

import dev.holdfast.spring.boot.issuers.OnIssuerCondition;
import dev.holdfast.spring.webflux.HoldfastIssuers;
import dev.holdfast.spring.webflux.verification.IssuersDecoder;
import dev.holdfast.spring.webflux.verification.IssuersIntrospector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector;

/** What Spring Security asks about tokens on a reactive chain, when the settings name an issuer. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnIssuerCondition.class)
class ReactiveIssuerConfiguration {

  /** Boot's own decoder is left in place where the application customizes it. */
  @Bean
  @Conditional({OnIssuerCondition.OfJwts.class, NothingCustomizedReactively.Decoder.class})
  @ConditionalOnMissingBean(ReactiveJwtDecoder.class)
  IssuersDecoder holdfastReactiveJwtDecoder(
      HoldfastIssuers issuers, ObjectProvider<OAuth2TokenValidator<Jwt>> validators) {
    return issuers.jwtDecoder(validators.orderedStream().toList());
  }

  /** Boot's own introspector is left in place where the application customizes it. */
  @Bean
  @Conditional({
    OnIssuerCondition.OfIntrospection.class,
    NothingCustomizedReactively.Introspector.class
  })
  @ConditionalOnMissingBean(ReactiveOpaqueTokenIntrospector.class)
  IssuersIntrospector holdfastReactiveOpaqueTokenIntrospector(HoldfastIssuers issuers) {
    return issuers.introspector();
  }
}
