package dev.holdfast.spring.webflux;

import dev.holdfast.IssuerClient;
import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.assembly.Assembly;
import dev.holdfast.configuration.settings.HoldfastSettings;
import dev.holdfast.internal.waiting.OwnThread;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link ReactiveEnforcement} without Spring Boot: an application on WebFlux imports this, and
 * defines a bean of the type {@link HoldfastSettings}.
 */
@Configuration(proxyBeanMethods = false)
@Import(ReactiveEnforcement.class)
public class HoldfastWebFluxConfiguration {

  @Bean
  Assembly holdfastAssembly(HoldfastSettings settings, ObjectProvider<IssuerClient> clients) {
    return assemble(settings, clients.getIfAvailable());
  }

  /**
   * What decides, from the settings. Calls to introspection endpoints have threads of their own: no
   * event loop waits for them.
   *
   * @param client makes the calls to issuers, or null for Holdfast's own
   * @throws InvalidSettingException when a setting cannot be safe, or has no effect on a reactive
   *     chain
   */
  public static Assembly assemble(HoldfastSettings settings, @Nullable IssuerClient client) {
    ReactiveChecks.check(settings);
    HoldfastSettings named =
        settings.withMetadata(settings.metadata().servedWhereNamed(settings.proxies()));
    return Assembly.of(named, Clock.systemUTC(), OwnThread.EXECUTOR, client);
  }
}
