package dev.holdfast.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The descriptions of settings: {@code @param} in the Javadoc of the record that holds them. */
public final class SettingDescriptions {
  private static final Path SOURCES = Path.of("src", "main", "java");

  private SettingDescriptions() {}

  /** The description as plain text; empty where there is none. */
  public static String description(Row row) {
    return description(row.component().getDeclaringRecord(), row.component().getName());
  }

  /** The same of any component of a record. */
  public static String description(Class<?> record, String component) {
    Matcher found =
        Pattern.compile("@param " + component + " (.*?)(?= @param |$)").matcher(javadoc(record));
    return found.find() ? found.group(1).replaceAll("\\{@\\w+ ([^}]*)}", "$1").strip() : "";
  }

  private static String javadoc(Class<?> record) {
    String source = source(record);
    int declaration = source.indexOf("record " + record.getSimpleName() + "(");
    int start = source.lastIndexOf("/**\n", declaration);
    return source
        .substring(start + 3, source.indexOf("*/", start))
        .replaceAll("\\n *\\* ?", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String source(Class<?> record) {
    try {
      return Files.readString(
          SOURCES.resolve(record.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
