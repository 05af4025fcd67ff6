package dev.holdfast.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What differs between the two starters is in two folders, and nowhere else. */
class TwinsTest {
  private static final Path FOR_BOOT_4 = Path.of("..", "src", "boot4", "java");
  private static final Path FOR_BOOT_3_5 = Path.of("src", "main", "java");
  private static final Path FOR_BOTH = Path.of("..", "src", "main", "java");

  private static Set<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(file -> !isForWebFlux(file))
          .collect(Collectors.toSet());
    }
  }

  /** Which only the starter for Spring Boot 4 has. */
  private static boolean isForWebFlux(Path file) {
    return file.toString().contains("eactive");
  }

  @Test
  void eachClassForOneSpringBootHasItsTwinForTheOther() throws IOException {
    assertThat(sources(FOR_BOOT_3_5)).isNotEmpty().isEqualTo(sources(FOR_BOOT_4));
    assertThat(sources(FOR_BOTH))
        .hasSizeGreaterThan(100)
        .doesNotContainAnyElementsOf(sources(FOR_BOOT_4));
  }
}
