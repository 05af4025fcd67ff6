package dev.holdfast.spring.boot.issuers;

import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.spring.events.ConfirmedEventPublisher;
import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import dev.holdfast.spring.issuers.HoldfastJwtDecoder.OutsideEnforcement;
import dev.holdfast.spring.issuers.HoldfastOpaqueTokenIntrospector;
import dev.holdfast.spring.issuers.IssuersAuthenticationManager;
import dev.holdfast.spring.issuers.IssuersAuthenticationProvider;
import dev.holdfast.spring.issuers.TokenDesk;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** What Spring Security asks about tokens, when the settings name an issuer. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnIssuerCondition.class)
public class IssuerConfiguration {

  @Bean
  @ConditionalOnMissingBean
  TokenDesk holdfastTokenDesk(Assembly assembly) {
    return new TokenDesk(assembly.tokens());
  }

  /** Boot's own decoder is left in place where the application customizes it. */
  @Bean
  @Conditional({OnIssuerCondition.OfJwts.class, NothingCustomized.Decoder.class})
  @ConditionalOnMissingBean(JwtDecoder.class)
  HoldfastJwtDecoder holdfastJwtDecoder(
      TokenDesk desk, ObjectProvider<OAuth2TokenValidator<Jwt>> validators) {
    return new HoldfastJwtDecoder(
        desk, validators.orderedStream().toList(), OutsideEnforcement.SPRING);
  }

  /** Boot's own introspector is left in place where the application customizes it. */
  @Bean
  @Conditional({OnIssuerCondition.OfIntrospection.class, NothingCustomized.Introspector.class})
  @ConditionalOnMissingBean(OpaqueTokenIntrospector.class)
  HoldfastOpaqueTokenIntrospector holdfastOpaqueTokenIntrospector(TokenDesk desk) {
    return new HoldfastOpaqueTokenIntrospector(desk);
  }

  @Bean
  @ConditionalOnMissingBean
  IssuersAuthenticationManager holdfastAuthenticationManager(
      TokenDesk desk,
      ObjectProvider<OAuth2TokenValidator<Jwt>> validators,
      ObjectProvider<JwtAuthenticationConverter> jwtConverter,
      ObjectProvider<OpaqueTokenAuthenticationConverter> opaqueConverter,
      ApplicationContext context) {
    JwtAuthenticationProvider jwt =
        new JwtAuthenticationProvider(
            new HoldfastJwtDecoder(
                desk, validators.orderedStream().toList(), OutsideEnforcement.NOBODY));
    jwtConverter.ifAvailable(jwt::setJwtAuthenticationConverter);
    OpaqueTokenAuthenticationProvider opaque =
        new OpaqueTokenAuthenticationProvider(new HoldfastOpaqueTokenIntrospector(desk));
    opaqueConverter.ifAvailable(opaque::setAuthenticationConverter);
    ProviderManager manager =
        new ProviderManager(List.of(new IssuersAuthenticationProvider(jwt, opaque)));
    manager.setAuthenticationEventPublisher(
        new ConfirmedEventPublisher(ConfirmedEventPublisher.springs(context)));
    return new IssuersAuthenticationManager(manager);
  }
}
