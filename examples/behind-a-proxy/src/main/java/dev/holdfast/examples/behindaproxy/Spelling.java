package dev.holdfast.examples.behindaproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A way to write header fields that somebody on the way may take for others, or overlook. */
enum Spelling {
  AS_THE_PROXY("as the proxy writes them", each(Field::line)),
  LOWER_CASE("in lower case", renamed(name -> name.toLowerCase(Locale.ROOT))),
  UPPER_CASE("in upper case", renamed(name -> name.toUpperCase(Locale.ROOT))),
  TWICE("twice", fields -> concat(lines(fields), lines(fields))),
  COMMA_JOINED("twice, joined by a comma", each(f -> f.line() + ", " + f.value())),
  UNDERSCORES("with underscores", renamed(name -> name.replace('-', '_'))),
  ONE_UNDERSCORE("with one underscore", renamed(name -> name.replaceFirst("-", "_"))),
  DOTS("with dots", renamed(name -> name.replace('-', '.'))),
  SPACE_BEFORE_COLON("with a space before the colon", each(f -> f.name() + " : " + f.value())),
  FOLDED("on a line of continuation", each(f -> f.name() + ":\r\n " + f.value())),
  IN_CONNECTION("and named in Connection", named("close, ")),
  ALONE_IN_CONNECTION("and named in Connection, alone", named("")),
  FROM_A_FRIEND("and X-Forwarded-For: 127.0.0.1", Spelling::forwarded);

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  private final Function<List<Field>, List<String>> writer;

  Spelling(String text, Function<List<Field>, List<String>> writer) {
    this.text = text;
    this.writer = writer;
  }

  /** What goes after "headers" in a sentence. */
  String text() {
    return text;
  }

  /** The lines to send. */
  List<String> write(List<Field> fields) {
    return writer.apply(fields);
  }

  private static List<String> lines(List<Field> fields) {
    return fields.stream().map(Field::line).toList();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static Function<List<Field>, List<String>> each(Function<Field, String> line) {
    return fields -> fields.stream().map(line).toList();
  }

  private static Function<List<Field>, List<String>> renamed(UnaryOperator<String> name) {
    return each(field -> new Field(name.apply(field.name()), field.value()).line());
  }

  private static Function<List<Field>, List<String>> named(String before) {
    return fields ->
        concat(
            lines(fields),
            List.of(
                "Connection: "
                    + before
                    + fields.stream().map(Field::name).collect(Collectors.joining(", "))));
  }

  private static List<String> forwarded(List<Field> fields) {
    return concat(
        lines(fields),
        List.of(
            "X-Forwarded-For: 127.0.0.1",
            "X-Forwarded-Proto: https",
            "X-Real-IP: 127.0.0.1",
            "Forwarded: for=127.0.0.1;proto=https"));
  }
}
