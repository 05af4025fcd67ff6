package dev.holdfast.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Flat text properties, read as values; the names are without {@code holdfast.}. */
public final class FlatProperties {
  private final TreeMap<String, String> values;

  public FlatProperties(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** Of an edge that replaces no placeholders. */
  public static FlatProperties ofText(Map<String, String> values) {
    values.forEach(FlatProperties::requireReplaced);
    return new FlatProperties(values);
  }

  /** A placeholder that stays as it is would be the value: a secret that everybody knows. */
  private static void requireReplaced(String name, String value) {
    if (value.contains("${")) {
      throw invalid(
          name,
          "it has a placeholder, ${...}, and this reader replaces no placeholders",
          "Write the value itself, or replace the placeholder before Holdfast reads it");
    }
  }

  boolean hasAny(String prefix) {
    String next = values.ceilingKey(prefix);
    return next != null && next.startsWith(prefix);
  }

  public @Nullable String text(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value.isBlank()) {
      throw invalid(name, "it is empty", "Give it a value, or remove it");
    }
    return value.trim();
  }

  String requiredText(String name, String action) {
    String value = text(name);
    if (value == null) {
      throw invalid(name, "it is missing", action);
    }
    return value;
  }

  /** Comma-separated, or indexed from {@code [0]} on; empty when nothing is written. */
  public Set<String> texts(String name) {
    List<String> found = new ArrayList<>();
    String joined = text(name);
    if (joined != null) {
      Arrays.stream(joined.split(",", -1)).map(String::trim).forEach(found::add);
      found.forEach(element -> ListChecks.requireOneOfCommas(name, element));
    }
    for (int i = 0; i < count(name); i++) {
      found.add(requiredText(name + '[' + i + ']', "Set it"));
      ListChecks.requireOne(name, found.get(i));
    }
    if (joined != null && hasAny(name + '[')) {
      throw invalid(name, "it is written in two ways", "Use commas or indexes, not both");
    }
    if (found.contains("")) {
      throw invalid(name, "an element is empty", "Remove the superfluous comma");
    }
    Set<String> different = new LinkedHashSet<>(found);
    if (different.size() != found.size()) {
      ListChecks.requireOnce(name, found);
    }
    return different;
  }

  /** How many elements the indexed list has; a gap in it is refused. */
  int count(String name) {
    Set<Integer> indexes = new TreeSet<>();
    String start = name + '[';
    for (String key : values.tailMap(start, true).keySet()) {
      if (!key.startsWith(start)) {
        break;
      }
      indexes.add(Integer.valueOf(key.substring(start.length(), key.indexOf(']', start.length()))));
    }
    for (int i = 0; i < indexes.size(); i++) {
      if (!indexes.contains(i)) {
        throw invalid(name + '[' + i + ']', "it is missing", "Number the elements without a gap");
      }
    }
    return indexes.size();
  }

  public static InvalidSettingException invalid(String name, String problem, String action) {
    return new InvalidSettingException("holdfast." + name, problem, action);
  }
}
