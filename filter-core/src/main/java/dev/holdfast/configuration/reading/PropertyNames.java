package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.NearNames;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.settings.HoldfastSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every property's name, without {@code holdfast.} and with {@code []} for an index. */
public final class PropertyNames {
  private static final Pattern INDEX = Pattern.compile("\\[(0|[1-9]\\d{0,3})]");

  /** What to do about a name that is near to none. */
  static final String SEE_README =
      "Remove it, or write one of the settings that README.md lists under \"Settings\"";

  /** What only the Spring starter has, that of the filter for cookies included. */
  private static final List<Row> SPRING = Row.of(SpringSettings.class, "");

  private static final List<Row> ROWS =
      Stream.concat(Row.of(HoldfastSettings.class, "").stream(), SPRING.stream()).toList();

  private PropertyNames() {}

  /** The indexes of a name, in turn. */
  public static Matcher indexes(String name) {
    return INDEX.matcher(name);
  }

  /** The name with {@code []} for each index. */
  public static String shape(String name) {
    return INDEX.matcher(name).replaceAll("[]");
  }

  /** Every setting of this version. */
  public static List<Row> rows() {
    return ROWS;
  }

  /**
   * The setting of this name.
   *
   * @param name as a whole, or with {@code []} for each index; of a list also that of an element
   */
  public static Optional<Row> row(String name) {
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
  public static List<String> shapes() {
    return Stream.of(
            ROWS.stream().map(Row::name),
            ROWS.stream().filter(Row::isList).map(row -> row.name() + "[]"))
        .flatMap(names -> names)
        .toList();
  }

  /** Whether only the Spring starter has use for it, or the filter for cookies. */
  public static boolean isOfSpring(String name) {
    return in(SPRING, name).isPresent();
  }

  /** Whether only the filter that binds cookies has use for it. */
  public static boolean isOfCookies(String name) {
    return name.startsWith("cookies.") && isOfSpring(name);
  }

  /** Whether it is a list, which may be written with commas. */
  public static boolean isList(String name) {
    return row(name).filter(row -> row.isList() && row.name().equals(shape(name))).isPresent();
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
