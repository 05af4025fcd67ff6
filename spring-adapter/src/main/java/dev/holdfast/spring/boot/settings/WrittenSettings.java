package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Looks at what was written, before anything is made of it. It stops the start for a name under
 * {@code holdfast.} or a variable {@code HOLDFAST_…} that nobody knows or only a later version has,
 * for such a variable's name where it sets nothing, for a blank value, for a number or a duration
 * out of its bounds, and for a word that the setting does not take: with the texts that the plain
 * filter has for them.
 */
public final class WrittenSettings implements BeanFactoryPostProcessor {
  private final Environment environment;

  public WrittenSettings(Environment environment) {
    this.environment = environment;
  }

  /** Before any bean is made: what cannot be read is explained by its own text. */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    check();
    SpreadElements.refuse(environment);
    WrittenLists.check(environment);
  }

  public void check() {
    counting(environment).forEach(this::check);
  }

  private void check(String name, String raw) {
    String value = environment.resolvePlaceholders(raw);
    if (value.contains("${")) {
      throw new InvalidSettingException(
          name,
          "it is \"" + value + "\", and that placeholder has no value",
          "Set what it names, or write the value itself");
    }
    if (value.isBlank() && !raw.isBlank()) {
      throw new InvalidSettingException(
          name, "it is \"" + raw + "\", which is empty", "Give it a value, or remove it");
    }
    SettingsReader.requireReadable(name, value);
    SettingsReader.requireKnown(name, value);
  }

  /** The settings that count, placeholders replaced. */
  public static Map<String, String> values(Environment environment) {
    Map<String, String> values = counting(environment);
    values.replaceAll((name, value) -> environment.resolvePlaceholders(value));
    return values;
  }

  /** As Boot does it, the first source counts, and a list comes from one source as a whole. */
  private static Map<String, String> counting(Environment environment) {
    Map<String, String> values = new LinkedHashMap<>();
    Set<String> decided = new HashSet<>();
    for (WrittenSources.WrittenSource source : WrittenSources.of(environment)) {
      Set<String> names = new HashSet<>();
      for (WrittenSources.Written one : source.settings()) {
        Set<String> parts = withLists(one.name());
        if (parts.stream().noneMatch(decided::contains)) {
          values.put(one.name(), one.value());
        }
        names.addAll(parts);
      }
      decided.addAll(names);
    }
    return values;
  }

  /**
   * {@code rules[0].paths[3]}, and the lists that it is in: {@code rules[0].paths}, {@code rules}.
   */
  private static Set<String> withLists(String name) {
    Set<String> parts = new HashSet<>(Set.of(name));
    for (int at = name.indexOf('['); at > 0; at = name.indexOf('[', at + 1)) {
      parts.add(name.substring(0, at));
    }
    return parts;
  }
}
