package dev.holdfast.configuration.reading;

import dev.holdfast.configuration.Ranges;
import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.SettingDescriptions;
import dev.holdfast.configuration.Words;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the page of the documentation that lists every setting. */
final class SettingsPage {
  private static final String HEAD =
      """
      # Settings

      This page is the reference of all settings. It is made from the code: do not edit it
      ([how to add a setting](how-to-add-a-setting.md)). The [README](../README.md#settings) groups them
      by what you want to do, and says what stops the start.

      Every name stands under `holdfast.`. The servlet filter takes them as init parameters, where you may leave
      `holdfast.` out, and from [other places](servlet-containers.md#where-settings-come-from), which also let a secret stand in
      a file of its own. Write durations with their unit, such as `500ms`, `60s` or `5m`. A list has commas, or
      an index for each element, such as `rules[0].paths[0]`.

      | setting | what it takes | default | what it says |
      |---|---|---|---|
      """;

  /** What Spring has in its own ways. */
  private static final Pattern FILTER = Pattern.compile("cors\\..*|roles-from");

  private SettingsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Row row : PropertyNames.rows()) {
      page.append("| `")
          .append(row.name())
          .append('`')
          .append(edge(row))
          .append(" | ")
          .append(taken(row))
          .append(" | ")
          .append(row.defaultText().isEmpty() ? "" : code(row.defaultText()))
          .append(" | ")
          .append(SettingDescriptions.description(row).replace("|", "\\|").replace("*", "\\*"))
          .append(" |\n");
    }
    return page.toString();
  }

  private static String edge(Row row) {
    if (row.name().startsWith("cookies.")) {
      return "";
    }
    if (PropertyNames.isOfSpring(row.name())) {
      return " (Spring)";
    }
    return FILTER.matcher(row.name()).matches() ? " (filter)" : "";
  }

  private static String taken(Row row) {
    List<String> words = SettingsMetadata.words(row);
    Ranges.Numbers numbers = row.numbers();
    Ranges.Times times = row.times();
    String one;
    if (Words.isTruth(row.type())) {
      one = "`true`, `false`";
    } else if (!words.isEmpty()) {
      one = code(String.join(",", words));
    } else if (numbers != null) {
      one = numbers.expected();
    } else {
      one = times != null ? times.expected() : "text";
    }
    return row.isList() ? "list: " + one : one;
  }

  private static String code(String commaSeparated) {
    return "`" + commaSeparated.replace(",", "`, `") + "`";
  }
}
