package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Garbage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the servlet's request to the decision, with everything that the settings put between. */
@Tag("whole")
class WarmBytesTest {
  private static final int MAX_BYTES = 256;

  /** The compiler then knows what needs no object. */
  private static final int WARM_UP = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void aWarmCertificateBoundRequestAllocatesAtMost256Bytes(String algorithm) {
    WarmJwt warm = new WarmJwt();
    warm.algorithm = algorithm;
    warm.count = 16;
    warm.warm();
    try {
      for (int i = 0; i < WARM_UP; i++) {
        warm.holdfast();
      }
      assertThat(Garbage.bytesPerCall(() -> warm.holdfast().binding() != null))
          .as("bytes for each request")
          .isLessThanOrEqualTo(MAX_BYTES);
    } finally {
      warm.stop();
    }
  }
}
