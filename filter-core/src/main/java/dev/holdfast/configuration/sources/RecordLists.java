package dev.holdfast.configuration.sources;

import dev.holdfast.configuration.FlatProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists whose elements have settings of their own: issuers and rules. Whoever reads such a list in
 * one place must have read all of it, except for its secrets.
 */
final class RecordLists {
  private static final int MOST_NAMES = 3;

  /** An element, with the list that it is in. */
  private static final Pattern ELEMENT = Pattern.compile("^([^\\[]*)\\[\\d+](?=\\.)");

  private static final String ACTION =
      "Write the whole list in one place. Only a secret, such as the client-secret of an issuer, may"
          + " be in another place, for an element that the list has";

  /** What each place has of one list. */
  private final String list;

  private final Map<String, Set<String>> settings = new LinkedHashMap<>();
  private final Map<String, Set<String>> secrets = new LinkedHashMap<>();

  private RecordLists(String list) {
    this.list = list;
  }

  /** The list of an element's setting; null for all other settings. */
  static @Nullable String listOf(String setting) {
    Matcher element = ELEMENT.matcher(setting);
    return element.find() ? element.group(1) : null;
  }

  /**
   * Refuses a list that comes from several places.
   *
   * @throws dev.holdfast.configuration.InvalidSettingException with the places and their settings
   */
  static void requireOnePlace(List<SettingsSource> sources) {
    Map<String, RecordLists> lists = new TreeMap<>();
    for (SettingsSource source : sources) {
      for (String name : source.values().keySet()) {
        String setting = SecretFiles.settingOf(name);
        String list = listOf(setting);
        if (list != null) {
          lists.computeIfAbsent(list, RecordLists::new).note(source.text(), setting);
        }
      }
    }
    lists.values().forEach(RecordLists::requireOnePlace);
  }

  private void note(String place, String setting) {
    (SecretFiles.isSecret(setting) ? secrets : settings)
        .computeIfAbsent(place, first -> new TreeSet<>())
        .add(setting);
  }

  private void requireOnePlace() {
    if (settings.size() > 1) {
      throw FlatProperties.invalid(
          list, "its settings are written in several places: " + shown(settings), ACTION);
    }
    Map<String, String> written = new TreeMap<>();
    secrets.forEach((place, names) -> names.forEach(name -> requireOnce(name, place, written)));
    settings.forEach(
        (owner, own) -> {
          Set<String> elements = own.stream().map(RecordLists::element).collect(Collectors.toSet());
          secrets.forEach(
              (place, names) ->
                  names.forEach(
                      name -> {
                        if (!place.equals(owner) && !elements.contains(element(name))) {
                          throw FlatProperties.invalid(
                              name,
                              "it is written in "
                                  + place
                                  + ", and the list in "
                                  + owner
                                  + " has no element "
                                  + element(name),
                              ACTION);
                        }
                      }));
        });
  }

  private static void requireOnce(String secret, String place, Map<String, String> written) {
    String before = written.put(secret, place);
    if (before != null) {
      throw FlatProperties.invalid(
          secret, "it is written in " + before + " and in " + place, "Keep one of the two");
    }
  }

  private static String element(String setting) {
    Matcher element = ELEMENT.matcher(setting);
    return element.find() ? element.group() : setting;
  }

  private static String shown(Map<String, Set<String>> places) {
    return places.entrySet().stream()
        .map(place -> place.getKey() + " (" + shown(place.getValue()) + ')')
        .collect(Collectors.joining(", "));
  }

  private static String shown(Set<String> names) {
    String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES ? first + " and others" : first;
  }
}
