package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.SettingsReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.ObjectUtils;

/**
 * What the environment says under {@code holdfast.}, source by source, with the names as the
 * settings' reader spells them. Placeholders stay as they are.
 */
final class WrittenSources {
  private static final String PREFIX = "holdfast.";
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  private WrittenSources() {}

  /**
   * Each source's settings, the source that counts before another first.
   *
   * @throws InvalidSettingException for a name that sets nothing
   */
  static List<Map<String, String>> of(Environment environment) {
    List<Map<String, String>> sources = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      sources.add(written(source));
    }
    return sources;
  }

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
    } else {
      add(written, source.getConfigurationProperty(ROOT));
      ask(written, source, SettingsReader.names());
    }
    return written;
  }

  /** Of a source that can be asked for names only; a list ends where nothing of an element is. */
  private static boolean ask(
      Map<String, String> written, ConfigurationPropertySource source, List<String> names) {
    int before = written.size();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String name : names) {
      int index = name.indexOf("[]");
      if (index < 0) {
        add(written, source.getConfigurationProperty(ConfigurationPropertyName.of(name)));
      } else {
        lists
            .computeIfAbsent(name.substring(0, index), none -> new ArrayList<>())
            .add(name.substring(index + 2));
      }
    }
    lists.forEach(
        (list, members) -> {
          for (int i = 0, next = 0; i == next; i++) {
            String element = list + "[" + i + "]";
            if (ask(written, source, members.stream().map(element::concat).toList())) {
              next = i + 1;
            }
          }
        });
    return written.size() > before;
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
      add(written, property.getName(), property.getValue());
    }
  }

  /** An empty list and an empty section have nothing in them, as an empty text has. */
  private static void add(
      Map<String, String> written, ConfigurationPropertyName property, Object value) {
    boolean isRoot = property.equals(ROOT);
    String name = isRoot ? ROOT.toString() : property.toString();
    if (!isRoot && !name.startsWith(PREFIX)) { // hold-fast is the same word, as is holdfast[policy]
      throw new InvalidSettingException(
          name,
          "the name of a setting of Holdfast begins with " + PREFIX,
          "Write " + PREFIX + property.subName(1).toString().replaceFirst("^\\[([^\\]]*)]", "$1"));
    }
    boolean isEmpty = ObjectUtils.isEmpty(value);
    SettingsReader.requireNoEmptyName(name, isEmpty ? "" : String.valueOf(value));
    String setting = SettingsReader.nameOf(name);
    if (isEmpty || !(value instanceof Collection<?> || value.getClass().isArray())) {
      written.put(setting, isEmpty ? "" : String.valueOf(value));
      return;
    }
    int index = 0;
    for (Object element :
        value instanceof Collection<?> list ? list : List.of(ObjectUtils.toObjectArray(value))) {
      written.put(setting + "[" + index++ + "]", String.valueOf(element));
    }
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
