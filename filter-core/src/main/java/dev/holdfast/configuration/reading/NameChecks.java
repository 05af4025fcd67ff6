package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.InvalidSettingException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * Refuses names that set nothing, and finds the setting that is meant by a spelling of its name.
 */
public final class NameChecks {
  /**
   * No setting: it tells this project's tests, which share a JVM with servers, where vectors lie.
   */
  private static final String OUTSIDE_VECTORS = "outside-vectors";

  private NameChecks() {}

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have.
   *
   * @param name without {@code holdfast.}
   */
  static void require(String name, String value) {
    EmptyNames.refuseSection(name, value);
    boolean isOfSpring = PropertyNames.isOfSpring(name);
    if (name.equals(OUTSIDE_VECTORS) || (PropertyNames.row(name).isPresent() && !isOfSpring)) {
      return;
    }
    String setting = "holdfast." + name;
    if (PropertyNames.isOfCookies(name)) {
      throw new InvalidSettingException(
          setting,
          "it is a setting of the filter that binds cookies, and this one checks access tokens",
          "Declare dev.holdfast.servlet.cookie.BoundCookieFilter and set it there");
    }
    if (name.endsWith("].ssl-bundle")) {
      throw new InvalidSettingException(
          setting,
          "SSL bundles exist in Spring Boot only",
          "Set trusted-certificates to a PEM file");
    }
    if (isOfSpring) {
      throw new InvalidSettingException(
          setting, "it is a setting of the Spring starter, and this is the filter", "Remove it");
    }
    throw unknown(name);
  }

  /**
   * Refuses a name that no filter has: in a place that every filter reads, what another filter has
   * is nothing wrong.
   *
   * @param name without {@code holdfast.}
   */
  public static void requireOfSome(String name, String value) {
    EmptyNames.refuseSection(name, value);
    if (!name.equals(OUTSIDE_VECTORS) && PropertyNames.row(name).isEmpty()) {
      throw unknown(name);
    }
  }

  private static InvalidSettingException unknown(String name) {
    if (name.isEmpty()) {
      return EmptyNames.root(EmptyNames.ROOT + '.');
    }
    return new InvalidSettingException(
        "holdfast." + name,
        "there is no such setting",
        PropertyNames.nearest(PropertyNames.shape(name), UnaryOperator.identity())
            .map(near -> "The nearest is holdfast." + near)
            .orElse(PropertyNames.SEE_README));
  }

  /** The name with its dashes, whichever way it was written. */
  static String ofAnySpelling(String name) {
    String compact = compact(PropertyNames.shape(name));
    if (compact.equals(compact(OUTSIDE_VECTORS))) {
      return OUTSIDE_VECTORS;
    }
    for (String known : PropertyNames.shapes()) {
      if (compact.equals(compact(known))) {
        Matcher index = PropertyNames.indexes(name);
        String found = known;
        while (index.find()) {
          found = found.replaceFirst("\\[]", "[" + index.group(1) + "]");
        }
        return found;
      }
    }
    throw unknown(name);
  }

  private static String compact(String shape) {
    return shape.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
