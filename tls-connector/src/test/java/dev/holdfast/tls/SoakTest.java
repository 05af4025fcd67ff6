package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections of every kind, one after the other and four at a time, and a heap that stays flat.
 * Properties: {@code holdfast.soak-connections} for each container, {@code holdfast.soak-seconds}
 * for all together, whichever is reached first; but not less than tells a leak from noise.
 */
@Tag("soak")
class SoakTest {
  private static final long CONNECTIONS = Long.getLong("holdfast.soak-connections", 10_000);
  private static final long SECONDS = Long.getLong("holdfast.soak-seconds", 3_600);
  private static final long MIN = 1_000;
  private static final int POINTS = 5;
  private static final int SESSIONS = 64;

  /** Of the whole run: a connection has some 30 KiB, and the JVM's own noise is far less. */
  private static final double MAX_BYTES = 1 << 20;

  private static final int CONNECTIONS_PER_INSTANCE = 2;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void theHeapStaysFlat(Container container) throws Exception {
    Container.Tuning tuning =
        new Container.Tuning(Duration.ofSeconds(30), SESSIONS, Container.ClientCertificates.WANTED);
    Leftovers leftovers = new Leftovers();
    HeapWatch heap = new HeapWatch(folder);
    try (Served server =
            container.start(
                Churn.PKI, AbortedConnectionsTest.application(), TlsLayer.NEGOTIATING, tuning);
        Churn churn = new Churn(server)) {
      long until = System.nanoTime() + SECONDS * 1_000_000_000L / Container.values().length;
      churn.run(2 * MIN / POINTS, CONNECTIONS / POINTS, share(until, POINTS)); // made once
      leftovers.whenAllIsDone();
      heap.note(churn.connections());
      for (int point = 1; point < POINTS; point++) {
        long more = (CONNECTIONS - churn.connections()) / (POINTS - point);
        churn.run(MIN / POINTS, more, share(until, POINTS - point));
        Map<String, Long> left = leftovers.whenAllIsDone();
        assertThat(left).as("after %s connections", churn.connections()).isEmpty();
        heap.note(churn.connections());
      }
      System.getLogger("dev.holdfast.tls")
          .log(
              System.Logger.Level.INFO,
              "{0}: {1} connections {2}, heap {3}, {4} B each",
              container,
              churn.connections(),
              churn.kinds(),
              heap.points().stream().map(HeapWatch.Point::bytes).toList(),
              Math.round(heap.slope()));
      assertThat(churn.failures()).isEmpty();
      assertThat(churn.kinds()).hasSize(Churn.Kind.values().length);
      assertThat(heap.slope() * churn.connections()).as("bytes more").isLessThan(MAX_BYTES);
      assertThat(heap.growing(CONNECTIONS_PER_INSTANCE)).isEmpty();
    }
  }

  /** A part of the time that is left. */
  private static long share(long until, int parts) {
    return System.nanoTime() + Math.max(0, until - System.nanoTime()) / parts;
  }
}
