package dev.holdfast.spring.webflux;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.EnforcementListener;
import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.spring.webflux.evidence.EventPlace;
import dev.holdfast.spring.webflux.evidence.EvidenceSource;
import dev.holdfast.spring.webflux.evidence.ForwardingCheck;
import dev.holdfast.spring.webflux.evidence.MetadataPlace;
import dev.holdfast.spring.webflux.look.ChainLook;
import dev.holdfast.spring.webflux.sessions.SessionGuard;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenAuthenticationConverter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebFilter;

/**
 * Enforces every {@code SecurityWebFilterChain} bean that has an {@code oauth2ResourceServer},
 * where an {@link Assembly} bean is there: {@link HoldfastWebFluxConfiguration} makes it from
 * settings, and Spring Boot's starter from properties.
 *
 * <p>A bean {@link ChainsOfOthers} names chains that are left alone. {@link EnforcementListener}
 * beans hear every decision. An {@link IssuerClient} bean makes the calls to Holdfast's issuers. A
 * bean {@link HoldfastIssuers} is there for chains whose tokens Holdfast verifies.
 *
 * <p>The application does not start when a setting cannot be safe, when something takes tokens that
 * Holdfast cannot confirm, and when there is nothing to enforce.
 */
@Configuration(proxyBeanMethods = false)
public class ReactiveEnforcement {

  @Bean
  static ChainEnforcement holdfastChainEnforcement(
      ObjectProvider<BindingEnforcer> enforcer,
      ObjectProvider<EvidenceSource> source,
      ObjectProvider<Assembly> assembly,
      ObjectProvider<SessionGuard> sessions,
      ObjectProvider<ChainsOfOthers> others,
      ObjectProvider<SpringSettings> settings) {
    return new ChainEnforcement(enforcer, source, assembly, sessions, others, settings);
  }

  @Bean
  BindingEnforcer holdfastEnforcer(
      Assembly assembly, ObjectProvider<EnforcementListener> listeners) {
    return assembly.frameworkEnforcer(all(listeners));
  }

  @Bean
  EvidenceSource holdfastEvidenceSource(
      Assembly assembly, ObjectProvider<EnforcementListener> listeners) {
    return new EvidenceSource(assembly, all(listeners));
  }

  private static EnforcementListener all(ObjectProvider<EnforcementListener> listeners) {
    return listeners.orderedStream().reduce(EnforcementListener.silent(), EnforcementListener::and);
  }

  @Bean
  @Lazy // without an issuer there is none
  HoldfastIssuers holdfastIssuers(
      Assembly assembly,
      ObjectProvider<ReactiveJwtAuthenticationConverter> jwts,
      ObjectProvider<ReactiveOpaqueTokenAuthenticationConverter> opaqueTokens) {
    return new HoldfastIssuers(assembly, jwts.getIfAvailable(), opaqueTokens.getIfAvailable());
  }

  @Bean
  SessionGuard holdfastSessionGuard(BindingEnforcer enforcer) {
    return new SessionGuard(enforcer.policy());
  }

  @Bean
  WebFilter holdfastAdmittingFilter(
      Assembly assembly, EvidenceSource source, SessionGuard sessions) {
    return new AdmittingFilter(
        source, sessions, new MetadataPlace(assembly, source), new EventPlace(assembly));
  }

  @Bean
  HttpHandlerDecoratorFactory holdfastForwardingCheck(EvidenceSource source, BeanFactory beans) {
    return new ForwardingCheck(source, beans);
  }

  @Bean
  static TargetCheck holdfastTargetCheck() {
    return new TargetCheck();
  }

  @Bean
  HandlerMapping holdfastLastLook() {
    return new LastLook();
  }

  @Bean
  TokenEviction holdfastTokenEviction(Assembly assembly) {
    return assembly.eviction();
  }

  @Bean
  ChainLook holdfastChainLook(
      ListableBeanFactory beans, Assembly assembly, ObjectProvider<ChainsOfOthers> others) {
    return new ChainLook(
        beans,
        assembly,
        new ChainLook.Edge(
            OwnFilters.takers(),
            filter -> filter instanceof EnforcedTokenFilter,
            ChainsOfOthers.namesIn(others)));
  }
}
