package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which files of the Spring edge name DPoP, and where that is said. */
class WhoNamesDpopTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Path PAGE = Path.of("..", "docs", "how-to-add-a-mechanism.md");
  private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
  private static final Pattern DPOP = Pattern.compile("dpop", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

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
    String list = page.substring(page.indexOf("| file of `spring-adapter` |"));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> naming =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> DPOP.matcher(code(file)).find())
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .toList();
      assertThat(naming)
          .containsExactlyInAnyOrderElementsOf(
              ROW.matcher(list).results().map((MatchResult row) -> row.group(1)).toList());
    }
  }
}
