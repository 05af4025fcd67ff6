package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.reading.SettingsReader;
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
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.util.ObjectUtils;

/** What the environment says under {@code holdfast.}, source by source. */
final class WrittenSources {
  private static final String PREFIX = "holdfast.";
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  private WrittenSources() {}

  /**
   * A place where settings stand.
   *
   * @param name for a text about it
   */
  record WrittenSource(String name, List<Written> settings) {}

  /**
   * A setting in one source.
   *
   * @param spelling its name as it stands there
   * @param name its name as the settings' reader spells it, with {@code holdfast.}
   * @param value its text, with placeholders
   */
  record Written(String spelling, String name, String value) {}

  /**
   * Every source, the one that counts before another first.
   *
   * @throws InvalidSettingException for a name that sets nothing
   */
  static List<WrittenSource> of(Environment environment) {
    List<WrittenSource> sources = new ArrayList<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      List<Written> written = new ArrayList<>();
      WrittenVariables variables = WrittenVariables.in(source);
      String name = String.valueOf(source.getUnderlyingSource());
      if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
        name = names.getName();
        if (variables == null) {
          WrittenVariables.refuseOutsideTheEnvironment(source);
          addAll(written, names);
        } else {
          addAll(written, variables);
        }
      } else {
        add(written, source, ROOT);
        ask(written, source, SettingsReader.names());
      }
      sources.add(new WrittenSource(name, written));
    }
    return sources;
  }

  private static void addAll(List<Written> written, EnumerablePropertySource<?> names) {
    for (String spelling : names.getPropertyNames()) {
      refuseUnfinished(spelling);
      ConfigurationPropertyName name = ConfigurationPropertyName.adapt(spelling, '.');
      if (ROOT.equals(name) || ROOT.isAncestorOf(name)) {
        add(written, spelling, name, names.getProperty(spelling));
      }
    }
  }

  private static void addAll(List<Written> written, WrittenVariables variables) {
    for (String variable : variables.names()) {
      String value = variables.value(variable);
      if (variable.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
        SettingsReader.requireNoEmptyName(variable, value);
        written.add(new Written(variable, SettingsReader.nameOf(variable), value));
      } else {
        variables
            .propertyOf(variable)
            .ifPresent(name -> written.add(new Written(variable, name, value)));
      }
    }
  }

  /** Of a source that can be asked for names only; a list ends where nothing of an element is. */
  private static boolean ask(
      List<Written> written, ConfigurationPropertySource source, List<String> names) {
    int before = written.size();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String name : names) {
      int index = name.indexOf("[]");
      if (index < 0) {
        add(written, source, ConfigurationPropertyName.of(name));
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

  private static void add(
      List<Written> written, ConfigurationPropertySource source, ConfigurationPropertyName name) {
    ConfigurationProperty property = source.getConfigurationProperty(name);
    if (property != null) {
      add(written, name.toString(), name, property.getValue());
    }
  }

  /** Boot passes such a name over. */
  private static void refuseUnfinished(String name) {
    if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX) && name.endsWith(".")) {
      throw new InvalidSettingException(
          name,
          "there is no such setting: the name ends with a dot",
          "Remove it, or write the whole name, such as holdfast.policy");
    }
  }

  /**
   * An empty list and an empty section have nothing in them, as an empty text has, and as null has,
   * which Boot passes over.
   */
  private static void add(
      List<Written> written,
      String spelling,
      ConfigurationPropertyName property,
      @Nullable Object value) {
    boolean isRoot = property.equals(ROOT);
    String name = isRoot ? ROOT.toString() : property.toString();
    if (!isRoot && !name.startsWith(PREFIX)) { // hold-fast is the same word, as is holdfast[policy]
      throw new InvalidSettingException(
          name,
          "the name of a setting of Holdfast begins with " + PREFIX,
          "Write " + PREFIX + property.subName(1).toString().replaceFirst("^\\[([^\\]]*)]", "$1"));
    }
    String text = ObjectUtils.isEmpty(value) ? "" : String.valueOf(value);
    SettingsReader.requireNoEmptyName(name, text);
    String setting = SettingsReader.nameOf(name);
    boolean isList = value instanceof Collection<?> || ObjectUtils.isArray(value);
    if (!isList || text.isEmpty()) {
      written.add(new Written(spelling, setting, text));
      return;
    }
    Object[] elements =
        value instanceof Collection<?> list ? list.toArray() : ObjectUtils.toObjectArray(value);
    for (int i = 0; i < elements.length; i++) {
      written.add(new Written(spelling, setting + "[" + i + "]", String.valueOf(elements[i])));
    }
  }
}
