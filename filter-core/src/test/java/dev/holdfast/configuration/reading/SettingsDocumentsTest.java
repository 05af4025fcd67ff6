package dev.holdfast.configuration.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.configuration.Row;
import dev.holdfast.configuration.SettingDescriptions;
import dev.holdfast.configuration.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that are made from the settings' declarations: a change without them fails here. With
 * {@code -Dsettings.write=true} the test writes them.
 */
class SettingsDocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path METADATA =
      ROOT.resolve("spring-adapter/src/main/resources/META-INF/spring-configuration-metadata.json");
  private static final Path PAGE = ROOT.resolve("docs/settings.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static void assertUpToDate(Path file, String text) throws IOException {
    if (Boolean.getBoolean("settings.write")) {
      Files.writeString(file, text);
    }
    assertThat(file)
        .as(
            "write it with: mvn test -pl filter-core -Dtest=%s -Dsettings.write=true",
            "SettingsDocumentsTest")
        .hasContent(text);
  }

  @Test
  void theMetadataOfBootIsThatOfTheRecords() throws IOException {
    assertUpToDate(METADATA, SettingsMetadata.text());
  }

  @Test
  void thePageOfSettingsIsThatOfTheRecords() throws IOException {
    assertUpToDate(PAGE, SettingsPage.text());
  }

  static Stream<Row> rows() {
    return PropertyNames.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everySettingIsDescribedAsASentenceGoesOn(Row row) {
    assertThat(SettingDescriptions.description(row))
        .as(row.name())
        .isNotEmpty()
        .doesNotContain("@", "{", "  ");
  }

  /** The README's table is written by hand, since it groups and links; it must name them all. */
  @ParameterizedTest
  @MethodSource("rows")
  void theReadmeNamesEverySettingAndItsDefault(Row row) throws IOException {
    String line = readme().get(row.name());
    assertThat(line != null)
        .withFailMessage("README.md, Settings: no row of the table names %s", row.name())
        .isTrue();
    if (!Words.isTruth(row.type())) {
      assertThat(line)
          .as("README.md, Settings: the row of %s gives its default", row.name())
          .contains(row.defaultText().split(",", -1));
    }
  }

  @Test
  void theReadmeNamesNoOtherSetting() throws IOException {
    Set<String> known = new LinkedHashSet<>(PropertyNames.rows().stream().map(Row::name).toList());
    assertThat(readme().keySet()).isSubsetOf(known);
  }

  /** Each setting with its line. {@code .x} goes on from the name that stands before it. */
  private static Map<String, String> readme() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    String table = Files.readString(ROOT.resolve("README.md")).split("\n## Settings\n", -1)[1];
    for (String line : table.split("\n## ", -1)[0].lines().toList()) {
      if (!line.startsWith("| `")) {
        continue;
      }
      String first = "";
      Matcher code = CODE.matcher(line.substring(0, line.indexOf('|', 1)));
      while (code.find()) {
        first = first.isEmpty() ? code.group(1) : first;
        found.put(whole(first, code.group(1)), line);
      }
      Matcher beside = CODE.matcher(line.substring(line.indexOf('|', 1)));
      while (beside.find()) {
        String name = whole(first, beside.group(1));
        if (beside.group(1).startsWith(".") && PropertyNames.row(name).isPresent()) {
          found.putIfAbsent(name, line);
        }
      }
    }
    return found;
  }

  private static String whole(String first, String written) {
    if (!written.startsWith(".")) {
      return written;
    }
    for (int dot = first.lastIndexOf('.'); dot > 0; dot = first.lastIndexOf('.', dot - 1)) {
      String name = first.substring(0, dot) + written;
      if (PropertyNames.row(name).isPresent()) {
        return name;
      }
    }
    return first + written;
  }
}
