package dev.holdfast.examples.stolentoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Needs the jars of the other examples: {@code mvn verify} builds them first. */
class StolenTokenTest {

  private static final int RIGHTFUL = 38;
  private static final int THEFTS = 106;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void everyRightfulCallPassesAndEveryTheftIsRefused() {
    Report report = run("--policy=required");

    assertThat(report.failures()).extracting(Outcome::describe).isEmpty();
    assertThat(report.exitStatus()).isZero();
    assertThat(report.outcomes()).hasSize(RIGHTFUL + THEFTS);
    assertThat(report.outcomes().stream().filter(outcome -> outcome.attempt().isTheft()).count())
        .isEqualTo(THEFTS);
    assertThat(report.outcomes())
        .as("every refusal has its reason from the log")
        .noneMatch(outcome -> outcome.verdict().why().contains("no reason"));
    assertThat(output())
        .contains(RIGHTFUL + " of " + RIGHTFUL + " rightful calls passed")
        .contains(THEFTS + " of " + THEFTS + " thefts refused")
        .contains("│ token-binding │", "│ dpop ");
    assertThat(directory()).doesNotExist();
  }

  @Test
  void withoutProtectionTheTheftsAreNamedAndNoKeyStaysBehind() throws IOException {
    Report report = run("--policy=off");

    assertThat(report.exitStatus()).isEqualTo(1);
    assertThat(report.failures())
        .extracting(Outcome::describe)
        .contains(
            "thief, stolen JWT, no certificate, at servlet: PASSED,"
                + " the stolen token was good enough",
            "thief, stolen JWT, no certificate, at spring: PASSED,"
                + " the stolen token was good enough",
            "thief, stolen JWT, under Bearer, at servlet: PASSED, the stolen token was good enough",
            "thief, stolen JWT, an unspent proof for another path, at servlet: PASSED,"
                + " the stolen token was good enough",
            "thief, stolen JWT and the captured proof, again, at servlet: PASSED,"
                + " the stolen token was good enough",
            "payments-app, its JWT: read the account, at servlet: passed,"
                + " but nobody looked at the caller's key");
    assertThat(output()).contains("✗ PASSED", "are kept in " + directory());
    try (Stream<Path> kept = Files.list(directory())) {
      List<Path> files = kept.toList();
      assertThat(files).isNotEmpty().allMatch(file -> file.toString().endsWith(".log"));
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory());
  }

  private Report run(String... arguments) {
    Options options = Options.parse(List.of(arguments), Map.of());
    try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      Report report = new StolenToken(options, out).run();
      assertThat(output())
          .as("neither a JWT nor a drawn-over line in a file")
          .doesNotContain("eyJ", "\r", "\u001b");
      return report;
    }
  }

  private String output() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private Path directory() {
    Matcher matcher = Pattern.compile("Starting the programs in (\\S+)").matcher(output());
    assertThat(matcher.find()).isTrue();
    return Path.of(matcher.group(1));
  }
}
