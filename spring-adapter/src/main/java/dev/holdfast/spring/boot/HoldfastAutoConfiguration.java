package dev.holdfast.spring.boot;

import dev.holdfast.BindingEnforcer;
import dev.holdfast.EnforcementListener;
import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.events.TokenEviction;
import dev.holdfast.servlet.EventFilter;
import dev.holdfast.servlet.EventPlace;
import dev.holdfast.servlet.MetadataFilter;
import dev.holdfast.servlet.MetadataPlace;
import dev.holdfast.servlet.ProxyFilter;
import dev.holdfast.servlet.evidence.EvidenceSource;
import dev.holdfast.spring.HoldfastConfigurer;
import dev.holdfast.spring.boot.actuator.EndpointConfiguration;
import dev.holdfast.spring.boot.assembly.BootAssembly;
import dev.holdfast.spring.boot.assembly.DispatchedPaths;
import dev.holdfast.spring.boot.issuers.BootNames;
import dev.holdfast.spring.boot.issuers.IssuerConfiguration;
import dev.holdfast.spring.boot.meters.MeterConfiguration;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import dev.holdfast.spring.boot.settings.SecretConfiguration;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import dev.holdfast.spring.boot.targets.TargetConfiguration;
import dev.holdfast.spring.events.HeldSuccess;
import dev.holdfast.spring.look.ChainLook;
import dev.holdfast.spring.sessions.SessionWrites;
import dev.holdfast.spring.witness.IntrospectionWitness;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;

/**
 * Auto-configuration: the enforcer from the settings, a {@code JwtDecoder} and an {@code
 * OpaqueTokenIntrospector} where the application defines none, and {@link HoldfastConfigurer} on
 * every chain.
 */
@AutoConfiguration(
    beforeName = {
      BootNames.SECURITY,
      BootNames.USERS,
      BootNames.RESOURCE_SERVER,
      BootNames.RESOURCE_SERVER_4_0
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({HttpSecurity.class, BearerTokenAuthenticationFilter.class, JwtDecoder.class})
@EnableConfigurationProperties
@Import({
  EndpointConfiguration.class,
  EveryChainConfiguration.class,
  IssuerConfiguration.class,
  MeterConfiguration.class,
  SecretConfiguration.class,
  TargetConfiguration.class
})
public final class HoldfastAutoConfiguration {

  /** Before anything is bound. */
  @Bean
  static WrittenSettings holdfastWrittenSettings(Environment environment) {
    return new WrittenSettings(environment);
  }

  /** Boot finds nothing to bind in it: it is there for the endpoint that shows settings. */
  @Bean
  static HoldfastProperties holdfastProperties(Environment environment) {
    return HoldfastProperties.of(environment);
  }

  @Bean
  @ConditionalOnMissingBean
  Assembly holdfastAssembly(
      HoldfastProperties properties,
      Environment environment,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<IssuerClient> clients,
      BeanFactory beans) {
    return BootAssembly.of(
        properties,
        environment,
        bundles,
        beans,
        settings ->
            Assembly.of(
                DispatchedPaths.of(environment).applyTo(settings),
                Clock.systemUTC(),
                Runnable::run,
                clients.getIfAvailable()));
  }

  @Bean
  SpringSettings holdfastSpringSettings(HoldfastProperties properties) {
    return properties.ofSpring();
  }

  /** Boot registers it with the server. */
  @Bean
  static SessionWrites holdfastSessionWrites() {
    return new SessionWrites();
  }

  @Bean
  static IntrospectionWitness holdfastIntrospectionWitness() {
    return new IntrospectionWitness();
  }

  @Bean
  @ConditionalOnMissingBean
  BindingEnforcer holdfastEnforcer(
      Assembly assembly, ObjectProvider<EnforcementListener> listeners) {
    return assembly.frameworkEnforcer(all(listeners));
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

  @Bean
  @ConditionalOnMissingBean(name = "holdfastProxyFilter")
  FilterRegistrationBean<ProxyFilter> holdfastProxyFilter(EvidenceSource source) {
    return FilterOrder.proxyFilter(source);
  }

  @Bean
  @ConditionalOnMissingBean(name = "holdfastMetadataFilter")
  FilterRegistrationBean<MetadataFilter> holdfastMetadataFilter(
      Assembly assembly, EvidenceSource source) {
    return FilterOrder.metadataFilter(MetadataPlace.of(assembly, source));
  }

  /**
   * A container asks no filter where it has no servlet, as with {@code spring.mvc.servlet.path}.
   */
  @Bean
  @ConditionalOnBean(
      value = MetadataFilter.class,
      parameterizedContainer = FilterRegistrationBean.class)
  ServletRegistrationBean<HttpServlet> holdfastMetadataServlet(
      FilterRegistrationBean<MetadataFilter> filter) {
    ServletRegistrationBean<HttpServlet> behind =
        new ServletRegistrationBean<>(new HttpServlet() {}, MetadataPlace.MAPPING);
    behind.setName("holdfast-metadata");
    behind.setEnabled(filter.isEnabled());
    return behind;
  }

  @Bean
  @ConditionalOnMissingBean(name = "holdfastEventFilter")
  FilterRegistrationBean<EventFilter> holdfastEventFilter(Assembly assembly) {
    return FilterOrder.eventFilter(EventPlace.of(assembly));
  }

  /** As with the metadata. */
  @Bean
  ServletRegistrationBean<HttpServlet> holdfastEventServlet(Assembly assembly) {
    ServletRegistrationBean<HttpServlet> behind =
        new ServletRegistrationBean<>(new HttpServlet() {});
    String mapping = EventPlace.of(assembly).mapping();
    if (mapping != null) {
      behind.addUrlMappings(mapping);
    }
    behind.setName("holdfast-events");
    behind.setEnabled(mapping != null);
    return behind;
  }

  @Bean
  @ConditionalOnMissingBean
  TokenEviction holdfastTokenEviction(Assembly assembly) {
    return assembly.eviction();
  }

  @Bean
  FilterOrder holdfastFilterOrder(ListableBeanFactory beans) {
    return new FilterOrder(beans);
  }

  @Bean
  ChainLook holdfastChainLook(Assembly assembly, SpringSettings settings, Environment environment) {
    return new ChainLook(
        assembly,
        settings.tokens().chainsOfOthers(),
        OnBoundCookiesCondition.isMet(environment)); // these alone need no access tokens
  }

  @Bean
  static HeldSuccess holdfastHeldSuccess() {
    return new HeldSuccess();
  }
}
