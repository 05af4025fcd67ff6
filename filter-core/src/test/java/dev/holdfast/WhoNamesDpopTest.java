package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A mechanism is a plug: which files name DPoP outside its room, and where that is said. */
class WhoNamesDpopTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "holdfast");
  private static final Path PAGE = Path.of("..", "docs", "how-to-add-a-mechanism.md");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern DPOP = Pattern.compile("dpop", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.]+)` \\|");

  /** The rooms that every mechanism stands on: none of them names one. */
  private static final List<String> FLOOR =
      List.of("http.", "jwt.", "cookie.", "mtls.", "cache.", "redis.", "internal.");

  /** By path below {@code dev.holdfast}, with dots; comments do not count. */
  private static Set<String> naming() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith(SOURCES.resolve("dpop")))
          .filter(file -> DPOP.matcher(code(file)).find())
          .map(file -> SOURCES.relativize(file).toString())
          .map(name -> name.replace(".java", "").replaceAll("[/\\\\]", "."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String code(Path file) {
    try {
      return COMMENT.matcher(Files.readString(file)).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thePageNamesEachOfThem() throws IOException {
    String page = Files.readString(PAGE);
    String list =
        page.substring(
            page.indexOf("| file of `filter-core` |"),
            page.indexOf("| file of `spring-adapter` |"));
    assertThat(naming())
        .containsExactlyInAnyOrderElementsOf(
            ROW.matcher(list).results().map((MatchResult row) -> row.group(1)).toList());
  }

  @Test
  void besideTheSettingsOneConstantIsLeft() throws IOException {
    assertThat(naming())
        .filteredOn(name -> !name.startsWith("configuration."))
        .containsExactlyInAnyOrder("ConfirmationMethod", "servlet.HoldfastFilterBuilder");
  }

  @Test
  void theFloorNamesNone() throws IOException {
    assertThat(naming()).noneMatch(name -> FLOOR.stream().anyMatch(name::startsWith));
  }
}
