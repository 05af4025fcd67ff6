package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** The names of everything that is set, whatever it sets. */
public final class SettingNames {
  private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("holdfast");

  /** No setting: it tells this project's tests where vectors lie. */
  private static final String OUTSIDE_VECTORS = "holdfast.outside-vectors";

  private SettingNames() {}

  /** What was set under {@code holdfast.}, by properties and by variables. */
  public static Stream<String> in(Environment environment) {
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .flatMap(SettingNames::in);
  }

  private static Stream<String> in(ConfigurationPropertySource source) {
    WrittenVariables variables = WrittenVariables.in(source);
    if (variables != null) {
      return Arrays.stream(variables.names()).flatMap(name -> settingOf(variables, name));
    }
    Stream<String> properties =
        source instanceof IterableConfigurationPropertySource iterable
            ? iterable.stream()
                .filter(name -> PREFIX.equals(name) || PREFIX.isAncestorOf(name))
                .map(ConfigurationPropertyName::toString)
                .filter(name -> !name.equals(OUTSIDE_VECTORS))
            : Stream.empty();
    return Stream.concat(properties, WrittenVariables.outsideTheEnvironment(source));
  }

  /** A slip in a name was meant as a setting too; Kubernetes' own variables were not. */
  private static Stream<String> settingOf(WrittenVariables variables, String variable) {
    if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX + ".")) {
      return Stream.of(variable);
    }
    try {
      return variables.propertyOf(variable).stream();
    } catch (InvalidSettingException unknown) {
      return Stream.of(variable);
    }
  }
}
