package dev.holdfast.spring;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.configuration.SettingsReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;

/**
 * Refuses what Boot would lose within one property source: a list with commas and with indexes, a
 * setting in two spellings with two values, and a list with a gap in its numbers.
 */
final class WrittenLists {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /** Of sources before this one: their values, or lists, count. */
  private final Set<String> decided = new HashSet<>();

  private WrittenLists() {}

  /** To be called when all names are known to be right, and no list is spread over sources. */
  static void check(Environment environment) {
    WrittenLists lists = new WrittenLists();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source.getUnderlyingSource() instanceof EnumerablePropertySource<?> names) {
        lists.check(names.getName(), spellings(source, names));
      }
    }
  }

  /** Each spelling that stands in this source, with the name of its setting and the value. */
  private record Spelling(String written, String name, @Nullable Object value) {}

  private static Iterable<Spelling> spellings(
      ConfigurationPropertySource source, EnumerablePropertySource<?> names) {
    WrittenVariables variables = WrittenVariables.in(source);
    Set<Spelling> spellings = new LinkedHashSet<>();
    for (String written : names.getPropertyNames()) {
      ConfigurationPropertyName name = ConfigurationPropertyName.adapt(written, '.');
      if (ROOT.isAncestorOf(name)) {
        String setting = SettingsReader.nameOf(name.toString());
        spellings.add(new Spelling(written, setting, names.getProperty(written)));
      } else if (variables != null) {
        variables
            .propertyOf(written)
            .ifPresent(
                setting ->
                    spellings.add(new Spelling(written, setting, names.getProperty(written))));
      }
    }
    return spellings;
  }

  private void check(String source, Iterable<Spelling> spellings) {
    Map<String, Spelling> byName = new LinkedHashMap<>();
    Map<String, Map<Integer, Spelling>> lists = new TreeMap<>();
    for (Spelling one : spellings) {
      Spelling before = byName.putIfAbsent(one.name(), one);
      if (before != null
          && !decided.contains(one.name())
          && !Objects.equals(String.valueOf(one.value()), String.valueOf(before.value()))) {
        throw twice(one.name(), before, one, "Keep one of the two");
      }
      Matcher index = INDEX.matcher(one.name());
      while (index.find()) {
        lists
            .computeIfAbsent(one.name().substring(0, index.start()), none -> new TreeMap<>())
            .putIfAbsent(Integer.valueOf(index.group(1)), one);
      }
    }
    lists.forEach(
        (list, elements) -> {
          if (!decided.contains(list)) {
            check(source, list, byName.get(list), elements);
          }
        });
    decided.addAll(byName.keySet());
    decided.addAll(lists.keySet());
  }

  private static void check(
      String source, String list, @Nullable Spelling withCommas, Map<Integer, Spelling> elements) {
    if (withCommas != null) {
      throw twice(
          list, withCommas, elements.values().iterator().next(), "Use commas or indexes, not both");
    }
    int next = 0;
    for (Map.Entry<Integer, Spelling> element : elements.entrySet()) {
      if (element.getKey() != next) {
        throw new InvalidSettingException(
            list + "[" + next + "]",
            "it is missing, and " + element.getValue().written() + " is there, in " + source,
            "Number the elements without a gap, from 0 on, and write the whole list in that source");
      }
      next++;
    }
  }

  private static InvalidSettingException twice(
      String name, Spelling first, Spelling second, String action) {
    return new InvalidSettingException(
        name,
        "it is written in two ways, as " + first.written() + " and as " + second.written(),
        action);
  }
}
