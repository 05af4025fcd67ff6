package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ReflectionUtils;

/**
 * Names in the spelling of environment variables. They set something only where the environment has
 * them, and there only with the prefix that the application may demand of its variables.
 */
final class WrittenVariables {
  private static final String START = "HOLDFAST_";

  private final EnumerablePropertySource<?> source;
  private final String prefix;

  private WrittenVariables(EnumerablePropertySource<?> source, String prefix) {
    this.source = source;
    this.prefix = prefix;
  }

  /** The environment's variables, when this is where they stand. */
  static @Nullable WrittenVariables in(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof EnumerablePropertySource<?> variables
            && variables
                .getName()
                .endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
        ? new WrittenVariables(variables, prefixOf(variables))
        : null;
  }

  /**
   * Refuses a variable's name in a file, on the command line or in any other place that is not the
   * environment: Boot reads it nowhere else.
   */
  static void refuseOutsideTheEnvironment(ConfigurationPropertySource source) {
    if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
      for (String name : names.getPropertyNames()) {
        SettingsReader.propertyOfVariable(name)
            .ifPresent(
                property -> {
                  throw new InvalidSettingException(
                      name,
                      "this is the name of an environment variable, and it sets nothing in "
                          + names.getName(),
                      "Write " + property + " there");
                });
      }
    }
  }

  /** Such names in a place that is not the environment, which were meant to set something. */
  static Stream<String> outsideTheEnvironment(ConfigurationPropertySource source) {
    return source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names
        ? Arrays.stream(names.getPropertyNames()).filter(WrittenVariables::isMeantForHoldfast)
        : Stream.empty();
  }

  String[] names() {
    return source.getPropertyNames();
  }

  String value(String variable) {
    return String.valueOf(source.getProperty(variable));
  }

  /**
   * The property that a variable sets; empty for one that has nothing to do with Holdfast.
   *
   * @throws InvalidSettingException when it was meant for Holdfast and sets nothing
   */
  Optional<String> propertyOf(String variable) {
    if (prefix.isEmpty()) {
      return SettingsReader.propertyOfVariable(variable);
    }
    String own = withoutPrefix(variable);
    if (own == null) {
      refuseIdle(variable);
      return Optional.empty();
    }
    try {
      return SettingsReader.propertyOfVariable(own);
    } catch (InvalidSettingException unknown) {
      throw new InvalidSettingException(
          variable, "there is no such setting", unknown.action().replace(START, prefix + START));
    }
  }

  /** A variable of the application's own may begin so, when that is its prefix. */
  private void refuseIdle(String variable) {
    if (!prefix.equals(START) && isMeantForHoldfast(variable)) {
      throw new InvalidSettingException(
          variable,
          "it sets nothing, because this application's environment variables begin with " + prefix,
          "Name it " + prefix + variable.toUpperCase(Locale.ROOT));
    }
  }

  private static boolean isMeantForHoldfast(String variable) {
    try {
      return SettingsReader.propertyOfVariable(variable).isPresent();
    } catch (InvalidSettingException slip) {
      return true;
    }
  }

  /** Boot takes the prefix {@code my-app} as {@code MYAPP_} and as {@code MY_APP_}. */
  private @Nullable String withoutPrefix(String variable) {
    String written = variable.toUpperCase(Locale.ROOT);
    for (String start : new String[] {prefix, prefix.replace("-", ""), prefix.replace('-', '_')}) {
      if (written.startsWith(start + START)) {
        return variable.substring(start.length());
      }
    }
    return null;
  }

  /** Asked by its name: Boot's own source of variables has this method. */
  private static String prefixOf(EnumerablePropertySource<?> variables) {
    Method method = ReflectionUtils.findMethod(variables.getClass(), "getPrefix");
    if (method == null) {
      return "";
    }
    ReflectionUtils.makeAccessible(method);
    return ReflectionUtils.invokeMethod(method, variables) instanceof String prefix
            && !prefix.isBlank()
        ? prefix.toUpperCase(Locale.ROOT).replace('.', '_') + "_"
        : "";
  }
}
