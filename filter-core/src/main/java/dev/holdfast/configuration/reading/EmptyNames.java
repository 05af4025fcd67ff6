package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Locale;

/**
 * Names that stop before a setting's name is complete: {@code holdfast} itself, and a list or a
 * section, which a file has without a value where nothing is in it.
 */
public final class EmptyNames {
  public static final String ROOT = "holdfast";

  private EmptyNames() {}

  /** Somebody who writes {@code holdfast=off} means something, and it would not happen. */
  public static InvalidSettingException root(String name) {
    return new InvalidSettingException(
        name,
        "there is no such setting: the names of all settings only begin so",
        "Remove it, or write the whole name, such as holdfast.policy");
  }

  /**
   * Refuses an empty list or section.
   *
   * @param name without {@code holdfast.}
   */
  static void refuseSection(String name, String value) {
    if (value.isBlank() && isSection(name)) {
      throw new InvalidSettingException(
          ROOT + '.' + name,
          "it is empty, and sets nothing",
          "Leave it out. An empty list or section cannot take back what another file says: write"
              + " what holds for one profile only in a file of that profile, such as"
              + " application-production.yaml");
    }
  }

  private static boolean isSection(String name) {
    String written = compact(name);
    return PropertyNames.shapes().stream()
            .map(EmptyNames::compact)
            .anyMatch(known -> known.startsWith(written + '.') || known.startsWith(written + "[]"))
        && PropertyNames.shapes().stream().map(EmptyNames::compact).noneMatch(written::equals);
  }

  private static String compact(String name) {
    return PropertyNames.shape(name).replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
