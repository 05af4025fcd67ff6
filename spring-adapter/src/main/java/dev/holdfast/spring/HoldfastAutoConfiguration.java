package dev.holdfast.spring;

import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.BindingEnforcer;
import dev.holdfast.EnforcementListener;
import dev.holdfast.Verification;
import dev.holdfast.configuration.Assembly;
import dev.holdfast.servlet.EvidenceSource;
import dev.holdfast.servlet.ProxyFilter;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * Auto-configuration: the enforcer from the settings, a {@code JwtDecoder} and an {@code
 * OpaqueTokenIntrospector} where the application defines none, and {@link HoldfastConfigurer} on
 * every chain.
 */
@AutoConfiguration(
    before = {
      OAuth2ResourceServerAutoConfiguration.class,
      SecurityAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({HttpSecurity.class, BearerTokenAuthenticationFilter.class, JwtDecoder.class})
@EnableConfigurationProperties(HoldfastProperties.class)
@Import({IssuerConfiguration.class, MeterConfiguration.class})
public final class HoldfastAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Assembly holdfastAssembly(
      HoldfastProperties properties, Environment environment, ObjectProvider<SslBundles> bundles) {
    UnknownSettings.refuse(environment);
    return Assembly.of(
        new SettingsMapping(properties, new IssuerTrust(bundles), new BootRedis(environment))
            .settings(new BootIssuers(environment).settings()),
        Clock.systemUTC());
  }

  @Bean
  static IntrospectionWitness holdfastIntrospectionWitness() {
    return new IntrospectionWitness();
  }

  @Bean
  @ConditionalOnMissingBean
  BindingEnforcer holdfastEnforcer(
      Assembly assembly, ObjectProvider<EnforcementListener> listeners) {
    AccessTokenVerifier framework =
        token ->
            CompletableFuture.completedFuture(
                new Verification.Invalid("the chain's own verification was not asked"));
    return assembly.enforcer(framework, all(listeners));
  }

  private static EnforcementListener all(ObjectProvider<EnforcementListener> listeners) {
    return listeners.orderedStream().reduce(EnforcementListener.silent(), EnforcementListener::and);
  }

  @Bean
  @ConditionalOnMissingBean
  EvidenceSource holdfastEvidenceSource(
      Assembly assembly, ObjectProvider<EnforcementListener> listeners) {
    return EvidenceSource.of(assembly, all(listeners));
  }

  /**
   * Before everything that could read a header or ask for the client's certificate, Spring
   * Security's chains above all.
   */
  @Bean
  @ConditionalOnMissingBean(name = "holdfastProxyFilter")
  FilterRegistrationBean<ProxyFilter> holdfastProxyFilter(EvidenceSource source) {
    FilterRegistrationBean<ProxyFilter> filter =
        new FilterRegistrationBean<>(new ProxyFilter(source));
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setEnabled(source.knowsProxies());
    return filter;
  }

  @Bean
  @ConditionalOnMissingBean
  EnforcedChains holdfastEnforcedChains(
      Assembly assembly,
      ObjectProvider<JwtDecoder> decoders,
      ObjectProvider<OpaqueTokenIntrospector> introspectors,
      Environment environment) {
    // an application that binds its cookies alone has no tokens to enforce
    boolean hasPurpose = assembly.hasIssuers() || OnBoundCookiesCondition.isMet(environment);
    return new EnforcedChains(hasPurpose, decoders, introspectors);
  }

  /** Applied to each {@code HttpSecurity} before the application configures it. */
  @Bean
  Customizer<HttpSecurity> holdfastOnEveryChain() {
    return http -> http.with(HoldfastConfigurer.whereFitting(), Customizer.withDefaults());
  }
}
