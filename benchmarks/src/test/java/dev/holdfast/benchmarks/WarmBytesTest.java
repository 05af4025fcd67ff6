package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Await;
import dev.holdfast.testing.Garbage;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the servlet's request to the decision, with everything that the settings put between. */
@Tag("whole")
class WarmBytesTest {
  private static final int MAX_BYTES = 256;

  /** Only the compiler knows what needs no object, and it comes when it can. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void aWarmCertificateBoundRequestAllocatesAtMost256Bytes(String algorithm)
      throws InterruptedException {
    WarmJwt warm = new WarmJwt();
    warm.algorithm = algorithm;
    warm.count = 16;
    warm.warm();
    try {
      assertThat(Await.within(PATIENCE, () -> bytes(warm) <= MAX_BYTES))
          .withFailMessage(() -> bytes(warm) + " bytes for each request")
          .isTrue();
    } finally {
      warm.stop();
    }
  }

  private static double bytes(WarmJwt warm) {
    return Garbage.bytesPerCall(() -> warm.holdfast().binding() != null);
  }
}
