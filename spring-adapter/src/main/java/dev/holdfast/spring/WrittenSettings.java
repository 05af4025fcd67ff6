package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.SettingsReader;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Looks at what was written, before Boot binds it and turns what is blank into what is absent. It
 * stops the start for a name under {@code holdfast.} or a variable {@code HOLDFAST_…} that nobody
 * knows or only a later version has, for such a variable's name where it sets nothing, for a blank
 * value, for a number or a duration out of its bounds, and for a word that the setting does not
 * take: with the texts that the plain filter has for them.
 */
final class WrittenSettings implements BeanFactoryPostProcessor {
  private static final String PREFIX = "holdfast.";
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  private final Environment environment;

  WrittenSettings(Environment environment) {
    this.environment = environment;
  }

  /** Before any bean is made: what cannot be bound is explained by its own text. */
  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    check();
    SpreadElements.refuse(environment);
    WrittenLists.check(environment);
  }

  void check() {
    Set<String> seen = new HashSet<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      Map<String, String> written = written(source);
      written.forEach(
          (name, value) -> {
            if (!seen.contains(name) && !seen.contains(listOf(name))) {
              check(name, value);
            }
          });
      seen.addAll(written.keySet());
      written.keySet().forEach(name -> seen.add(listOf(name)));
    }
  }

  /** {@code rules[0].paths} for {@code rules[0].paths[3]}: Boot takes a list from one source. */
  private static String listOf(String name) {
    return name.endsWith("]") ? name.substring(0, name.lastIndexOf('[')) : name;
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

  /** Names as the settings' reader spells them, with what stands there. */
  private static Map<String, String> written(ConfigurationPropertySource source) {
    WrittenVariables variables = WrittenVariables.in(source);
    if (variables != null) {
      return ofVariables(variables);
    }
    WrittenVariables.refuseOutsideTheEnvironment(source);
    refuseUnfinished(source);
    Map<String, String> written = new LinkedHashMap<>();
    addNulls(written, source);
    if (source instanceof IterableConfigurationPropertySource iterable) {
      iterable.stream()
          .filter(name -> ROOT.equals(name) || ROOT.isAncestorOf(name))
          .forEach(name -> add(written, source.getConfigurationProperty(name)));
    } else { // it can be asked for names only
      add(written, source.getConfigurationProperty(ROOT));
      for (String name : SettingsReader.names()) {
        if (name.indexOf('[') < 0) {
          add(written, source.getConfigurationProperty(ConfigurationPropertyName.of(name)));
        }
      }
    }
    return written;
  }

  /** Boot passes such a name over. */
  private static void refuseUnfinished(ConfigurationPropertySource source) {
    if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
      for (String name : names.getPropertyNames()) {
        if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX) && name.endsWith(".")) {
          throw new InvalidSettingException(
              name,
              "there is no such setting: the name ends with a dot",
              "Remove it, or write the whole name, such as holdfast.policy");
        }
      }
    }
  }

  /** JSON has them, for example, and Boot passes them over. */
  private static void addNulls(Map<String, String> written, ConfigurationPropertySource source) {
    if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
      for (String spelling : names.getPropertyNames()) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(spelling, '.');
        if ((ROOT.equals(name) || ROOT.isAncestorOf(name)) && names.getProperty(spelling) == null) {
          add(written, name, "");
        }
      }
    }
  }

  private static void add(Map<String, String> written, @Nullable ConfigurationProperty property) {
    if (property != null) {
      add(written, property.getName(), text(property.getValue()));
    }
  }

  /** An empty list and an empty section have nothing in them, as an empty text has. */
  private static String text(Object value) {
    boolean isEmpty =
        (value instanceof Collection<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> section && section.isEmpty());
    return isEmpty ? "" : String.valueOf(value);
  }

  private static void add(
      Map<String, String> written, ConfigurationPropertyName property, String value) {
    boolean isRoot = property.equals(ROOT);
    String name = isRoot ? ROOT.toString() : property.toString();
    if (!isRoot && !name.startsWith(PREFIX)) { // hold-fast is the same word, as is holdfast[policy]
      throw new InvalidSettingException(
          name,
          "the name of a setting of Holdfast begins with " + PREFIX,
          "Write " + PREFIX + property.subName(1).toString().replaceFirst("^\\[([^\\]]*)]", "$1"));
    }
    SettingsReader.requireNoEmptyName(name, value);
    written.put(SettingsReader.nameOf(name), value);
  }

  private static Map<String, String> ofVariables(WrittenVariables variables) {
    Map<String, String> written = new LinkedHashMap<>();
    for (String variable : variables.names()) {
      String value = variables.value(variable);
      if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        SettingsReader.requireNoEmptyName(variable, value);
        written.put(SettingsReader.nameOf(variable), value);
      } else {
        variables.propertyOf(variable).ifPresent(name -> written.put(name, value));
      }
    }
    return written;
  }
}
