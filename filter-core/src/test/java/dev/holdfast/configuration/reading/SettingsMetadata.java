package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.SettingDescriptions;
import dev.holdfast.configuration.Words;
import dev.holdfast.mtls.header.CertificateHeaderFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the file from which tools for Spring Boot complete and explain settings. */
final class SettingsMetadata {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          boolean.class, "java.lang.Boolean",
          Boolean.class, "java.lang.Boolean",
          int.class, "java.lang.Integer",
          long.class, "java.lang.Long",
          Duration.class, "java.time.Duration");

  private SettingsMetadata() {}

  /** The file's text; Spring has no settings of preflights. */
  static String text() {
    List<String> properties = new ArrayList<>();
    List<String> hints = new ArrayList<>();
    PropertyNames.rows().stream()
        .filter(row -> !row.name().startsWith("cors."))
        .sorted(Comparator.comparing(Row::name))
        .forEach(
            row -> {
              properties.add(property(row));
              List<String> words = words(row);
              if (!words.isEmpty()) {
                hints.add(hint(name(row), words));
              }
            });
    return "{\n  \"groups\": [],\n  \"properties\": [\n"
        + String.join(",\n", properties)
        + "\n  ],\n  \"hints\": [\n"
        + String.join(",\n", hints)
        + "\n  ]\n}\n";
  }

  /** The first element of a list of sections: the format has no name for every element. */
  private static String name(Row row) {
    return "holdfast." + row.name().replace("[]", "[0]");
  }

  static List<String> words(Row row) {
    if (row.name().equals("certificate.header.format")) {
      return Arrays.stream(CertificateHeaderFormat.values())
          .map(CertificateHeaderFormat::propertyName)
          .toList();
    }
    Words words = row.words();
    return words == null || Words.isTruth(row.type())
        ? List.of()
        : words.all().stream().filter(words.expected()::contains).toList();
  }

  private static String property(Row row) {
    String type = TYPES.getOrDefault(row.type(), "java.lang.String");
    return "    {\n      \"name\": "
        + quoted(name(row))
        + ",\n      \"type\": "
        + quoted(row.isList() ? "java.util.List<" + type + ">" : type)
        + ",\n      \"description\": "
        + quoted(SettingDescriptions.description(row))
        + (row.defaultText().isEmpty() ? "" : ",\n      \"defaultValue\": " + defaultValue(row))
        + "\n    }";
  }

  private static String defaultValue(Row row) {
    if (row.isList()) {
      return Arrays.stream(row.defaultText().split(",", -1))
          .map(SettingsMetadata::quoted)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    boolean isBare = row.numbers() != null || Words.isTruth(row.type());
    return isBare ? row.defaultText() : quoted(row.defaultText());
  }

  private static String hint(String name, List<String> words) {
    return "    {\n      \"name\": "
        + quoted(name)
        + ",\n      \"values\": ["
        + words.stream()
            .map(word -> "{\"value\": " + quoted(word) + "}")
            .collect(Collectors.joining(", "))
        + "]\n    }";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
