package dev.holdfast.measuring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records every time that a virtual thread blocks and keeps its carrier, however short: what the
 * JVM calls pinned.
 */
final class PinningWatch implements AutoCloseable {
  private static final String PINNED = "jdk.VirtualThreadPinned";

  private final Recording recording = new Recording();

  PinningWatch() {
    recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
    recording.start();
  }

  /**
   * Ends the recording; what it saw, as stacks, of which some frame is Holdfast's or a test's of
   * it. A stack that is cut off counts too, for its lower end is not known. The rest would be other
   * tests' servers in the same JVM.
   */
  List<String> pinnings(Path file) throws IOException {
    recording.stop();
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(PINNED))
        .filter(PinningWatch::isOurs)
        .map(RecordedEvent::toString)
        .collect(Collectors.toList());
  }

  private static boolean isOurs(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    return stack == null
        || stack.isTruncated()
        || stack.getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getType().getName().startsWith("dev.holdfast."));
  }

  @Override
  public void close() {
    recording.close();
  }
}
