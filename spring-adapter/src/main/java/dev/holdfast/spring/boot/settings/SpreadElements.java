package dev.holdfast.spring.boot.settings;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Refuses an element of a list that is spread over property sources. Boot takes a list from one
 * source, the first that has any of it; what another source says of an element would be lost
 * without a word, an issuer's audiences for example. A list that replaces another one as a whole is
 * Boot's way to override, and stays.
 */
public final class SpreadElements {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("holdfast");

  private SpreadElements() {}

  /** What one source says of one list: by index, the members that it names. */
  private record Part(String source, Map<Integer, Map<String, String>> elements) {}

  public static void refuse(Environment environment) {
    Map<ConfigurationPropertyName, List<Part>> lists = new LinkedHashMap<>();
    for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
      if (source instanceof IterableConfigurationPropertySource names) {
        parts(names)
            .forEach(
                (list, part) -> lists.computeIfAbsent(list, none -> new ArrayList<>()).add(part));
      }
    }
    lists.forEach(SpreadElements::check);
  }

  private static Map<ConfigurationPropertyName, Part> parts(
      IterableConfigurationPropertySource source) {
    Map<ConfigurationPropertyName, Part> parts = new LinkedHashMap<>();
    source.stream()
        .filter(ROOT::isAncestorOf)
        .forEach(
            name -> {
              int at = firstIndex(name);
              if (at > 0) {
                Part part =
                    parts.computeIfAbsent(
                        name.chop(at),
                        none ->
                            new Part(
                                String.valueOf(source.getUnderlyingSource()), new TreeMap<>()));
                part.elements()
                    .computeIfAbsent(
                        Integer.valueOf(name.getElement(at, Form.ORIGINAL)),
                        none -> new LinkedHashMap<>())
                    .putIfAbsent(member(name, at + 1), name.toString());
              }
            });
    return parts;
  }

  private static int firstIndex(ConfigurationPropertyName name) {
    for (int i = 0; i < name.getNumberOfElements(); i++) {
      if (name.isNumericIndex(i)) {
        return i;
      }
    }
    return -1;
  }

  /** In one spelling, an environment variable's too; a list within the element is one member. */
  private static String member(ConfigurationPropertyName name, int from) {
    StringBuilder member = new StringBuilder();
    for (int i = from; i < name.getNumberOfElements() && !name.isNumericIndex(i); i++) {
      member.append(name.getElement(i, Form.UNIFORM));
    }
    return member.toString().toLowerCase(Locale.ROOT);
  }

  private static void check(ConfigurationPropertyName list, List<Part> parts) {
    Part taken = parts.get(0);
    for (Part lost : parts.subList(1, parts.size())) {
      lost.elements()
          .forEach(
              (index, members) -> {
                String name = lostMember(taken, lost, index, members);
                if (name != null) {
                  throw spread(list + "[" + index + "]", name, taken, lost);
                }
              });
    }
  }

  /** The name of something that would be lost; null where a whole list replaces another. */
  private static @Nullable String lostMember(
      Part taken, Part lost, int index, Map<String, String> members) {
    Map<String, String> known = taken.elements().get(index);
    boolean isListOfItsOwn = lost.elements().containsKey(0);
    if (known == null) {
      return isListOfItsOwn ? null : members.values().iterator().next();
    }
    Set<String> missing = new LinkedHashSet<>(members.keySet());
    missing.removeAll(known.keySet());
    return missing.isEmpty() ? null : members.get(missing.iterator().next());
  }

  private static InvalidSettingException spread(
      String element, String lost, Part taken, Part source) {
    return new InvalidSettingException(
        lost,
        "it would be lost: "
            + element
            + " is spread over two property sources, and Spring Boot takes a list from one of them."
            + " It is taken from "
            + taken.source()
            + ", and this stands in "
            + source.source(),
        "Write the whole list in one source, and let it name what comes from elsewhere, such as "
            + lost
            + "=${MY_VARIABLE}");
  }
}
