package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.SettingsReader;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses a name under {@code holdfast.} that nobody knows, or that only a later version has:
 * nothing that was meant to protect is ignored. Environment variables are passed over, for they
 * have no spelling of their own.
 */
final class UnknownSettings {
  private UnknownSettings() {}

  static void refuse(Environment environment) {
    try {
      Binder.get(environment)
          .bind(
              "holdfast",
              Bindable.of(HoldfastProperties.class),
              new NoUnboundElementsBindHandler(
                  BindHandler.DEFAULT, UnknownSettings::isSpelledByPeople));
    } catch (BindException failed) {
      if (failed.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
        unbound.getUnboundProperties().forEach(UnknownSettings::refuse);
      } else {
        throw failed;
      }
    }
  }

  private static boolean isSpelledByPeople(ConfigurationPropertySource source) {
    return !(source.getUnderlyingSource() instanceof PropertySource<?> properties
        && properties
            .getName()
            .endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
  }

  private static void refuse(ConfigurationProperty property) throws InvalidSettingException {
    SettingsReader.requireKnown(property.getName().toString(), String.valueOf(property.getValue()));
  }
}
