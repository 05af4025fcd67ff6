package dev.holdfast.configuration.sources;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One line that says from which place each setting came. It has no value of any setting. */
final class SourceReport {
  private final Map<String, Set<String>> used = new LinkedHashMap<>();
  private final List<String> unused = new ArrayList<>();
  private final Set<String> places = new TreeSet<>();

  /** The place has the setting, and it counts. */
  void use(String place, String setting) {
    places.add(place);
    String list = RecordLists.listOf(setting);
    used.computeIfAbsent(place, first -> new TreeSet<>())
        .add(list == null || SecretFiles.isSecret(setting) ? setting : list);
  }

  /** The place has the setting, and an earlier place has it too. */
  void pass(String place, String setting, String earlier) {
    places.add(place);
    String text = setting + " of " + place + " is not used, because it comes from " + earlier;
    if (!unused.contains(text)) {
      unused.add(text);
    }
  }

  /** Says nothing where all settings are in one place: then nobody has to ask. */
  void log(String filter) {
    if (places.size() > 1) {
      List<String> parts = new ArrayList<>();
      used.forEach((place, settings) -> parts.add(String.join(", ", settings) + " from " + place));
      parts.addAll(unused);
      ApplicationLog.named("dev.holdfast")
          .log(
              Level.INFO, "settings of the filter for " + filter + ": " + String.join("; ", parts));
    }
  }
}
