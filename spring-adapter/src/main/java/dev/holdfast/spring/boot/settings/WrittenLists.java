package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import dev.holdfast.spring.boot.settings.WrittenSources.Written;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Refuses what Boot would lose within one property source: a list with commas and with indexes, a
 * setting in two spellings with two values, and a list with a gap in its numbers.
 */
public final class WrittenLists {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  /** Of sources before this one: their values, or lists, count. */
  private final Set<String> decided = new HashSet<>();

  private WrittenLists() {}

  /** To be called when all names are known to be right, and no list is spread over sources. */
  public static void check(Environment environment) {
    WrittenLists lists = new WrittenLists();
    for (WrittenSources.WrittenSource source : WrittenSources.of(environment)) {
      lists.check(source.name(), source.settings());
    }
  }

  private void check(String source, List<Written> settings) {
    Map<String, Written> byName = new LinkedHashMap<>();
    Map<String, Map<Integer, Written>> lists = new TreeMap<>();
    for (Written one : settings) {
      Written before = byName.putIfAbsent(one.name(), one);
      if (before != null && !decided.contains(one.name()) && !one.value().equals(before.value())) {
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
      String source, String list, @Nullable Written withCommas, Map<Integer, Written> elements) {
    if (withCommas != null) {
      throw twice(
          list, withCommas, elements.values().iterator().next(), "Use commas or indexes, not both");
    }
    int next = 0;
    for (Map.Entry<Integer, Written> element : elements.entrySet()) {
      if (element.getKey() != next) {
        throw new InvalidSettingException(
            list + "[" + next + "]",
            "it is missing, and " + element.getValue().spelling() + " is there, in " + source,
            "Number the elements without a gap, from 0 on, and write the whole list in that source");
      }
      next++;
    }
  }

  private static InvalidSettingException twice(
      String name, Written first, Written second, String action) {
    return new InvalidSettingException(
        name,
        "it is written in two ways, as " + first.spelling() + " and as " + second.spelling(),
        action);
  }
}
