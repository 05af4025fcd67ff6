package dev.holdfast.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every property's name, without {@code holdfast.} and with {@code []} for an index. */
final class PropertyNames {
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})]");

  /** What to do about a name that is near to none. */
  static final String SEE_README =
      "Remove it, or write one of the settings that README.md lists under \"Settings\"";

  /** What only the Spring starter has, that of the filter for cookies included. */
  private static final List<Row> SPRING = Row.of(SpringSettings.class, "");

  private static final List<Row> ROWS =
      Stream.concat(Row.of(HoldfastSettings.class, "").stream(), SPRING.stream()).toList();

  /** Names of the contract that this version does not have, and the value that asks for nothing. */
  private static final Map<String, String> LATER =
      Map.of("tokens.issuers[].introspection.response", "json", "tokens.cache.shared", "none");

  private static final Pattern LATER_WITHOUT_NEUTRAL_VALUE =
      Pattern.compile("rules\\[]\\.(scopes|acr-values)(\\[])?|rules\\[]\\.max-authentication-age");

  /**
   * No setting: it tells this project's tests, which share a JVM with servers, where vectors lie.
   */
  private static final String OUTSIDE_VECTORS = "outside-vectors";

  private static final Map<String, Owner> OWNERS =
      Map.of(
          "policy", Owner.TOKENS,
          "methods", Owner.TOKENS,
          "rules", Owner.TOKENS,
          "tokens", Owner.TOKENS,
          "dpop", Owner.TOKENS,
          "redis", Owner.TOKENS,
          "cookies", Owner.COOKIES);

  /** Which filter has use for a setting. */
  enum Owner {
    /** The one for access tokens. */
    TOKENS,
    /** The one for bound cookies. */
    COOKIES,
    /** Both: it says where evidence comes from. */
    BOTH
  }

  private PropertyNames() {}

  /** The name with {@code []} for each index. */
  static String shape(String name) {
    return INDEX.matcher(name).replaceAll("[]");
  }

  /** Whose setting this is, going by the first part of its name. */
  static Owner owner(String name) {
    return OWNERS.getOrDefault(name.split("[.\\[]", 2)[0], Owner.BOTH);
  }

  /** Every setting of this version. */
  static List<Row> rows() {
    return ROWS;
  }

  /**
   * The setting of this name.
   *
   * @param name as a whole, or with {@code []} for each index; of a list also that of an element
   */
  static Optional<Row> row(String name) {
    return in(ROWS, name);
  }

  private static Optional<Row> in(List<Row> rows, String name) {
    String shape = shape(name);
    return rows.stream()
        .filter(
            row -> shape.equals(row.name()) || (row.isList() && shape.equals(row.name() + "[]")))
        .findFirst();
  }

  /** Every name that some version has, those of cookies and of list elements included. */
  static List<String> shapes() {
    return Stream.of(
            ROWS.stream().map(Row::name),
            ROWS.stream().filter(Row::isList).map(row -> row.name() + "[]"),
            LATER.keySet().stream(),
            Stream.of(
                "rules[].scopes",
                "rules[].scopes[]",
                "rules[].acr-values",
                "rules[].acr-values[]",
                "rules[].max-authentication-age"))
        .flatMap(names -> names)
        .toList();
  }

  /** Whether only the Spring starter has use for it, or the filter for cookies. */
  static boolean isOfSpring(String name) {
    return in(SPRING, name).isPresent();
  }

  /** Whether it is a list, which may be written with commas. */
  static boolean isList(String name) {
    return row(name).filter(row -> row.isList() && row.name().equals(shape(name))).isPresent();
  }

  /**
   * Refuses a name that nobody knows, and one that asks for what this version does not have.
   *
   * @param name without {@code holdfast.}
   */
  static void require(String name, String value) {
    EmptyNames.refuseSection(name, value);
    String shape = shape(name);
    if (shape.equals(OUTSIDE_VECTORS) || (row(name).isPresent() && !isOfSpring(name))) {
      return;
    }
    String setting = "holdfast." + name;
    if (CookieSettingsReader.knows(name)) {
      throw new InvalidSettingException(
          setting,
          "it is a setting of the filter that binds cookies, and this one checks access tokens",
          "Declare dev.holdfast.servlet.cookie.BoundCookieFilter and set it there");
    }
    if (shape.equals("tokens.issuers[].ssl-bundle")) {
      throw new InvalidSettingException(
          setting,
          "SSL bundles exist in Spring Boot only",
          "Set trusted-certificates to a PEM file");
    }
    if (isOfSpring(name)) {
      throw new InvalidSettingException(
          setting, "it is a setting of the Spring starter, and this is the filter", "Remove it");
    }
    if (LATER.containsKey(shape) || LATER_WITHOUT_NEUTRAL_VALUE.matcher(shape).matches()) {
      requireOfThisVersion(setting, shape, value);
      return;
    }
    throw unknown(name);
  }

  private static InvalidSettingException unknown(String name) {
    if (name.isEmpty()) {
      return EmptyNames.root(EmptyNames.ROOT + '.');
    }
    return new InvalidSettingException(
        "holdfast." + name,
        "there is no such setting",
        nearest(shape(name), UnaryOperator.identity())
            .map(near -> "The nearest is holdfast." + near)
            .orElse(SEE_README));
  }

  /** The name with its dashes, whichever way it was written. */
  static String ofAnySpelling(String name) {
    String compact = compact(shape(name));
    if (compact.equals(compact(OUTSIDE_VECTORS))) {
      return OUTSIDE_VECTORS;
    }
    for (String known : shapes()) {
      if (compact.equals(compact(known))) {
        Matcher index = INDEX.matcher(name);
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

  /**
   * Refuses what asks for something that only a later version has.
   *
   * @param setting as it was written
   */
  static void requireOfThisVersion(String setting, String shape, String value) {
    String neutral = LATER.get(shape);
    if ((neutral != null && !value.trim().equals(neutral))
        || LATER_WITHOUT_NEUTRAL_VALUE.matcher(shape).matches()) {
      throw InvalidSettingException.notYet(setting);
    }
  }

  /**
   * A name that may have been meant, with {@code []} for each index.
   *
   * @param spelling how the names are spelled where {@code shape} was written
   */
  static Optional<String> nearest(String shape, UnaryOperator<String> spelling) {
    return NearNames.nearest(shape, shapes(), spelling);
  }
}
