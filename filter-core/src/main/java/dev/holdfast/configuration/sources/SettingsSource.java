package dev.holdfast.configuration.sources;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One place that settings come from.
 *
 * @param text what it is called in a text, such as {@code the environment}
 * @param isShared whether it is there for every filter of the process
 * @param values the settings that it has; the names are without {@code holdfast.}
 */
record SettingsSource(String text, boolean isShared, Map<String, String> values) {

  /** The same without what is another filter's: in a place that is shared, that is passed over. */
  SettingsSource withOnly(Predicate<String> isOwn) {
    Map<String, String> own = new TreeMap<>(values);
    if (isShared) {
      own.keySet().removeIf(name -> !isOwn.test(SecretFiles.settingOf(name)));
    }
    return new SettingsSource(text, isShared, own);
  }
}
