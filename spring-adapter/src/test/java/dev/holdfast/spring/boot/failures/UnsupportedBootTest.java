package dev.holdfast.spring.boot.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each of the two artifacts starts with its own Spring Boot and alone. */
class UnsupportedBootTest {
  private static final String FOR_4 = "holdfast-spring-boot-starter";
  private static final String FOR_3_5 = "holdfast-spring-boot3-starter";
  private static final boolean IS_4 = SpringBootVersion.getVersion().startsWith("4.");
  private static final String OWN = IS_4 ? FOR_4 : FOR_3_5;
  private static final String OTHER = IS_4 ? FOR_3_5 : FOR_4;
  private static final List<String> OF_4 = List.of("4.0.0", "4.1.2", "4.2.0-SNAPSHOT");
  private static final List<String> OF_3_5 = List.of("3.5.0", "3.5.16");

  @TempDir Path folder;

  @Test
  void itsOwnSpringBootIsTaken() {
    for (String version : IS_4 ? OF_4 : OF_3_5) {
      assertThatCode(() -> UnsupportedBoot.check(version, false)).doesNotThrowAnyException();
    }
  }

  @Test
  void withTheOtherTheStartStops_andTheArtifactToTakeIsNamed() {
    for (String version : IS_4 ? OF_3_5 : OF_4) {
      assertThatExceptionOfType(UnsupportedBootException.class)
          .isThrownBy(() -> UnsupportedBoot.check(version, false))
          .withMessage(
              "This is Spring Boot %s, and dev.holdfast:%s is for %s."
                  + " Take the dependency dev.holdfast:%s instead.",
              version, OWN, IS_4 ? "Spring Boot 4" : "Spring Boot 3.5", OTHER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.7.18", "3.4.13", "3.50.1", "35.1.0", "5.0.0", "40.1.0", "4", "null"})
  void withAnyOtherTheStartStops_andBothArtifactsAreNamed(String version) {
    assertThatExceptionOfType(UnsupportedBootException.class)
        .isThrownBy(() -> UnsupportedBoot.check(version, false))
        .withMessageStartingWith("This is Spring Boot " + version + ", and dev.holdfast:" + OWN)
        .withMessageContaining("Spring Boot 4 with dev.holdfast:" + FOR_4 + ",")
        .withMessageContaining("Spring Boot 3.5 with dev.holdfast:" + FOR_3_5 + ".");
  }

  @EnableAutoConfiguration
  static class Application {}

  /** Where nothing is set, too: the two have the same classes. */
  @Test
  void bothArtifactsStopTheStart() throws IOException {
    Path markers = Files.createDirectories(folder.resolve("META-INF").resolve("dev.holdfast"));
    Files.writeString(markers.resolve(OTHER), "");
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      new ApplicationContextRunner()
          .withUserConfiguration(Application.class)
          .withClassLoader(classes)
          .run(
              context -> {
                FailureAnalysis analysis =
                    new UnsupportedBootFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription())
                    .startsWith("This is Spring Boot " + SpringBootVersion.getVersion())
                    .contains(OWN, OTHER, "are on the class path");
                assertThat(analysis.getAction())
                    .contains(FOR_4 + " is for Spring Boot 4", FOR_3_5 + " for 3.5");
              });
    }
  }

  @Test
  void oneAloneStarts() {
    assertThat(getClass().getClassLoader().getResource("META-INF/dev.holdfast/" + OWN)).isNotNull();
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .run(context -> assertThat(context).hasNotFailed());
  }
}
