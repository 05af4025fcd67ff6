package dev.holdfast.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.configuration.LogLines;
import dev.holdfast.testing.Await;
import dev.holdfast.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final AtomicInteger readings = new AtomicInteger();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("key"), "first");
  }

  private String read(List<byte[]> contents) throws UnusableFileException {
    readings.incrementAndGet();
    String text = new String(contents.get(0), UTF_8);
    if (text.startsWith("broken")) {
      throw new UnusableFileException("it is broken");
    }
    return text;
  }

  private WatchedFiles<String> watched() throws UnusableFileException {
    return WatchedFiles.of("holdfast.some-key", List.of(file), this::read, clock);
  }

  @Test
  void whatHasChangedIsReadAgainAfterASecondAndNotBefore() throws Exception {
    WatchedFiles<String> watched = watched();
    Files.writeString(file, "second");
    clock.advance(INTERVAL.minusMillis(1));
    assertThat(watched.current()).isEqualTo("first");
    clock.advance(Duration.ofMillis(1));
    holds("the change is seen", () -> watched.current().equals("second"));
  }

  @Test
  void aClockThatJumpsBackDoesNotStopTheLooks() throws Exception {
    WatchedFiles<String> watched = watched();
    Files.writeString(file, "second");
    clock.advance(INTERVAL.negated());
    holds("the change is seen", () -> watched.current().equals("second"));
  }

  @Test
  void whatHasNotChangedIsNotReadAgain() throws Exception {
    WatchedFiles<String> watched = watched();
    Files.writeString(file, "first"); // another time of modification
    for (int i = 0; i < 3; i++) {
      clock.advance(INTERVAL);
      assertThat(watched.current()).isEqualTo("first");
    }
    assertThat(readings).hasValue(1);
  }

  @Test
  void aBrokenFileLeavesTheEarlierOneInForceAndIsOneWarning() throws Exception {
    WatchedFiles<String> watched = watched();
    try (LogLines lines = new LogLines()) {
      Files.writeString(file, "broken");
      clock.advance(INTERVAL);
      assertThat(watched.current()).isEqualTo("first");
      assertThat(lines.texts()).as("somebody may still be writing it").isEmpty();
      for (int i = 0; i < 3; i++) {
        holds("it is looked at again", () -> looked(watched, 2));
      }
      assertThat(lines.texts())
          .containsExactly(
              "WARNING holdfast.some-key has changed and cannot be used: it is broken; the earlier one"
                  + " stays in force");
      Files.delete(file);
      assertThat(looked(watched, 2)).isTrue();
      assertThat(watched.current()).isEqualTo("first");
      Files.writeString(file, "second");
      holds("the good one is seen", () -> looked(watched, 0) && isNow(watched, "second"));
    }
  }

  /** After another interval; at least so many readings have been made by then. */
  private boolean looked(WatchedFiles<String> watched, int least) {
    clock.advance(INTERVAL);
    assertThat(watched.current()).isNotNull();
    return readings.get() >= least;
  }

  private static boolean isNow(WatchedFiles<String> watched, String text) {
    return watched.current().equals(text);
  }

  @Test
  void nobodyElseWaitsForALookThatTakesLong() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    WatchedFiles<String> watched =
        WatchedFiles.of(
            "holdfast.some-key",
            List.of(file),
            contents -> {
              String text = new String(contents.get(0), UTF_8);
              if (text.equals("slow")) {
                holds("the disk answers", () -> go.getCount() == 0);
              }
              return text;
            },
            clock);
    Files.writeString(file, "slow");
    for (int i = 0; i < 100; i++) { // the first waits a tenth of a second, all others not at all
      clock.advance(INTERVAL);
      assertThat(watched.current()).isEqualTo("first");
    }
    go.countDown();
    holds("what it brought is in force", () -> watched.current().equals("slow"));
  }

  @Test
  void severalFilesAreReadTogether() throws Exception {
    Path other = Files.writeString(directory.resolve("certificate"), "a");
    WatchedFiles<String> watched =
        WatchedFiles.of(
            "holdfast.some-key",
            List.of(file, other),
            contents -> new String(contents.get(0), UTF_8) + new String(contents.get(1), UTF_8),
            clock);
    assertThat(watched.current()).isEqualTo("firsta");
    Files.writeString(other, "b");
    clock.advance(INTERVAL);
    holds("the change is seen", () -> watched.current().equals("firstb"));
  }

  @Test
  void whatCannotBeReadAtFirstIsRefused() throws IOException {
    Files.writeString(file, "x".repeat(65_537));
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(this::watched)
        .withMessage("the file has more than 64 KiB");
    Files.delete(file);
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(this::watched)
        .withMessage("there is no such file");
    Files.createDirectory(file);
    assertThatExceptionOfType(UnusableFileException.class)
        .isThrownBy(this::watched)
        .withMessage("the file cannot be read");
  }

  private static void holds(String what, BooleanSupplier condition) {
    try {
      assertThat(Await.within(Duration.ofSeconds(20), condition)).as(what).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
