package dev.holdfast.spring.boot;

import dev.holdfast.spring.HoldfastConfigurer;
import dev.holdfast.spring.boot.issuers.BootNames;
import dev.holdfast.spring.boot.issuers.NothingCustomized;
import dev.holdfast.spring.issuers.HoldfastJwtDecoder;
import dev.holdfast.spring.issuers.HoldfastOpaqueTokenIntrospector;
import dev.holdfast.spring.issuers.IssuersAuthenticationManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Auto-configuration: a chain for an application that defines none. Every request needs a token of
 * one of Holdfast's issuers; there is no session, no form, and no CSRF token, for a browser sends
 * no access token by itself. Where the application defines a decoder or an introspector, Boot's own
 * default chain serves it, and is enforced.
 */
@AutoConfiguration(
    after = HoldfastAutoConfiguration.class,
    beforeName = {
      BootNames.MANAGEMENT_SECURITY,
      BootNames.WEB_SECURITY,
      BootNames.RESOURCE_SERVER,
      BootNames.RESOURCE_SERVER_4_0,
      BootNames.RESOURCE_SERVER_CHAIN
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(IssuersAuthenticationManager.class)
@Conditional({NothingCustomized.Decoder.class, NothingCustomized.Introspector.class})
@ConditionalOnMissingBean(
    value = {SecurityFilterChain.class, JwtDecoder.class, OpaqueTokenIntrospector.class},
    ignored = {HoldfastJwtDecoder.class, HoldfastOpaqueTokenIntrospector.class})
public final class HoldfastWebSecurityAutoConfiguration {

  @Bean
  SecurityFilterChain holdfastSecurityFilterChain(HttpSecurity http) throws Exception {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .with(HoldfastConfigurer.holdfast(), Customizer.withDefaults())
        .build();
  }
}
