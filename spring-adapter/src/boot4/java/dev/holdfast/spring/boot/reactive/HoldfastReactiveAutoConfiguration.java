package dev.holdfast.spring.boot.reactive;

import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.reading.SpringSettings;
import dev.holdfast.spring.boot.actuator.EndpointConfiguration;
import dev.holdfast.spring.boot.assembly.BootAssembly;
import dev.holdfast.spring.boot.assembly.DispatchedPaths;
import dev.holdfast.spring.boot.issuers.BootNames;
import dev.holdfast.spring.boot.meters.MeterConfiguration;
import dev.holdfast.spring.boot.settings.HoldfastProperties;
import dev.holdfast.spring.boot.settings.SecretConfiguration;
import dev.holdfast.spring.boot.settings.WrittenSettings;
import dev.holdfast.spring.look.ServerWarnings;
import dev.holdfast.spring.webflux.ChainsOfOthers;
import dev.holdfast.spring.webflux.HoldfastWebFluxConfiguration;
import dev.holdfast.spring.webflux.ReactiveEnforcement;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Auto-configuration of a WebFlux application: {@link ReactiveEnforcement} of the same properties
 * as on servlets.
 */
@AutoConfiguration(
    before = {SecurityAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class},
    beforeName = BootNames.REACTIVE_RESOURCE_SERVER)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(
    value = {ServerHttpSecurity.class, ReactiveJwtDecoder.class, ReactiveEnforcement.class},
    name = "reactor.netty.http.server.HttpServer")
@EnableConfigurationProperties
@Import({
  EndpointConfiguration.class,
  ReactiveEnforcement.class,
  ReactiveIssuerConfiguration.class,
  MeterConfiguration.class,
  SecretConfiguration.class
})
public final class HoldfastReactiveAutoConfiguration {
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
    check(properties.getWritten().keySet());
    return BootAssembly.of(
        properties,
        environment,
        bundles,
        beans,
        settings ->
            HoldfastWebFluxConfiguration.assemble(
                DispatchedPaths.ofReactive(environment).applyTo(settings),
                clients.getIfAvailable()));
  }

  /** What only chains on servlets have must not seem to have an effect. */
  private static void check(Set<String> written) {
    written.stream()
        .filter(name -> name.startsWith("holdfast.cookies"))
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidSettingException(
                  name,
                  "bound cookies are for servlets, and have no effect on a reactive chain",
                  "Remove every setting under holdfast.cookies");
            });
  }

  /** {@code holdfast.tokens.chains-of-others}. */
  @Bean
  static ChainsOfOthers holdfastChainsOfOthers(HoldfastProperties properties) {
    return new ChainsOfOthers(properties.ofSpring().tokens().chainsOfOthers());
  }

  @Bean
  SpringSettings holdfastSpringSettings(HoldfastProperties properties) {
    return properties.ofSpring();
  }

  /** Once the server runs. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> holdfastServerWarnings(
      Environment environment, Assembly assembly) {
    return ready -> ServerWarnings.log(environment, assembly);
  }
}
