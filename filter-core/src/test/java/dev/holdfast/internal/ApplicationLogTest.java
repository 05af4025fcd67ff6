package dev.holdfast.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.issuer.RecordedLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.ListResourceBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of this class path, a provider of SLF4J is part, as of an application's own. */
class ApplicationLogTest {
  private final List<String> lines = RecordedLog.start();
  private final Logger log = ApplicationLog.named("app.of.somebody");

  @AfterEach
  void stop() {
    RecordedLog.stop();
  }

  /** Other tests' threads in this JVM may log as well. */
  private List<String> ours() {
    return lines.stream().filter(line -> line.contains(" app.of.somebody ")).toList();
  }

  @Test
  void aLineGoesToTheApplicationsLogWithItsLevel_C50() {
    log.log(Level.DEBUG, "a");
    log.log(Level.INFO, "b");
    log.log(Level.WARNING, "c");
    log.log(Level.ERROR, "d");
    log.log(Level.TRACE, "e");

    assertThat(ours())
        .containsExactly(
            "DEBUG app.of.somebody a",
            "INFO app.of.somebody b",
            "WARN app.of.somebody c",
            "ERROR app.of.somebody d",
            "TRACE app.of.somebody e");
  }

  @Test
  void parametersAreFilledInAndBracesOfAFinishedTextAreNotTouched_C50() {
    log.log(Level.INFO, "key {0} of {1}", 2, "it''s");
    log.log(Level.INFO, "a path /{id} and {}");

    assertThat(ours())
        .containsExactly(
            "INFO app.of.somebody key 2 of it''s", "INFO app.of.somebody a path /{id} and {}");
  }

  @Test
  void aCauseGoesWithItsLine_C50() {
    log.log(Level.WARNING, "x", new IllegalStateException("why"));

    assertThat(ours())
        .containsExactly("WARN app.of.somebody x java.lang.IllegalStateException: why");
  }

  @Test
  void aBundleIsAskedForTheText_C50() {
    ListResourceBundle bundle =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"known", "the text of {0}"}};
          }
        };
    log.log(Level.INFO, bundle, "known", "it");
    log.log(Level.INFO, bundle, "unknown", (Throwable) null);

    assertThat(ours())
        .containsExactly("INFO app.of.somebody the text of it", "INFO app.of.somebody unknown");
  }

  @Test
  void nothingIsLoggableWhereNobodyListens() {
    assertThat(log.isLoggable(Level.TRACE)).isTrue();
    assertThat(log.isLoggable(Level.OFF)).isFalse();
    RecordedLog.stop();
    assertThat(log.isLoggable(Level.ERROR)).isFalse();
    assertThat(log.getName()).isEqualTo("app.of.somebody");
  }
}
