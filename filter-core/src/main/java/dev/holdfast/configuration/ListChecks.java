package dev.holdfast.configuration;

import dev.holdfast.internal.ElementText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an element of a list that is several, because they were separated by something else than
 * commas: it would match nothing, and a rule that protects would not apply.
 */
public final class ListChecks {
  private static final String ACTION =
      "Separate the elements by commas, or write each with an index of its own, such as [0]";

  private ListChecks() {}

  /**
   * Refuses what nobody sees, and two paths in one.
   *
   * @param setting as it was written, with or without {@code holdfast.}
   */
  public static void requireOne(String setting, String element) {
    if (isOfSecrets(setting)) {
      return;
    }
    String problem = ElementText.problem(element);
    if (problem == null && isOfPaths(setting) && ElementText.areSeveralPaths(element)) {
      problem = "\"" + element + "\" has white space before a '/'";
    }
    refuse(setting, problem);
  }

  /** The same, and white space within, which only a path or an indexed element may have. */
  static void requireOneOfCommas(String setting, String element) {
    requireOne(setting, element);
    if (!isOfSecrets(setting) && !isOfPaths(setting) && ElementText.areSeveralWords(element)) {
      refuse(setting, "\"" + element + "\" has white space in it");
    }
  }

  /** Refuses a word of a demand that stands there twice: another one was probably meant. */
  static void requireOnce(String setting, List<String> elements) {
    if (!setting.matches("rules\\[\\d+]\\.(scopes|acr-values)|metadata\\.scopes")) {
      return; // elsewhere it says the same as once
    }
    for (String element : elements) {
      if (elements.indexOf(element) != elements.lastIndexOf(element)) {
        throw new InvalidSettingException(
            "holdfast." + setting, "\"" + element + "\" stands there twice", "Write it once");
      }
    }
  }

  private static void refuse(String setting, @Nullable String problem) {
    if (problem != null) {
      throw new InvalidSettingException(
          setting.startsWith("holdfast.") ? setting : "holdfast." + setting, problem, ACTION);
    }
  }

  private static boolean isOfSecrets(String setting) {
    return setting.contains("cookies.secrets");
  }

  private static boolean isOfPaths(String setting) {
    return setting.matches(".*\\.paths(\\[\\d+])?");
  }
}
