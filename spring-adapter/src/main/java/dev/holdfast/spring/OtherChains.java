package dev.holdfast.spring;

import dev.holdfast.configuration.reading.SpringSettings;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** The chains that {@code holdfast.tokens.chains-of-others} leaves to the application. */
final class OtherChains {
  private OtherChains() {}

  /**
   * Whether the chain that is being built is one of them. An {@code HttpSecurity} does not know
   * which bean it is built for; the bean factory knows which beans are being made. Should two
   * chains be in the making at once, the look afterwards finds the one that was left out by
   * mistake.
   */
  static boolean areBuiltFrom(HttpSecurity http) {
    ApplicationContext context = http.getSharedObject(ApplicationContext.class);
    return context.getAutowireCapableBeanFactory() instanceof ConfigurableBeanFactory factory
        && context.getBean(SpringSettings.class).tokens().chainsOfOthers().stream()
            .anyMatch(factory::isCurrentlyInCreation);
  }
}
