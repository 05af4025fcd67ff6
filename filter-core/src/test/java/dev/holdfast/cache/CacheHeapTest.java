package dev.holdfast.cache;

import static dev.holdfast.cache.Specimens.INACTIVE;
import static dev.holdfast.cache.Specimens.LIMITS;
import static dev.holdfast.cache.Specimens.settled;
import static dev.holdfast.cache.Specimens.token;
import static dev.holdfast.cache.Specimens.valid;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T91: a heap dump of a service with a warm cache has no token in it. */
@Tag("verify")
class CacheHeapTest {
  private static final long SEED = System.nanoTime();

  private final ExecutorService issuer = Executors.newSingleThreadExecutor();

  private final CachingAccessTokenVerifier cache =
      new CachingAccessTokenVerifier(
          token ->
              CompletableFuture.supplyAsync(
                  () -> token.value().startsWith("good") ? valid() : INACTIVE, issuer),
          "realm",
          LIMITS,
          Clock.systemUTC());

  /** Made afresh each time, so that the test itself keeps none. */
  private static String secret(String prefix) {
    StringBuilder text = new StringBuilder(prefix);
    for (int i = 0; i < 40; i++) {
      text.append((char) ('a' + Math.floorMod((SEED * (i + 7) * prefix.hashCode()) >>> 9, 26)));
    }
    return text.toString();
  }

  @Test
  void noTokenIsReachableOnceItsAnswerIsKept_T91(@TempDir Path directory) throws Exception {
    settled(cache.verify(token(secret("good"))));
    settled(cache.verify(token(secret("bad"))));
    // An answer is there before the frame that gave it is left, and that frame has the token.
    issuer.shutdown();
    assertThat(issuer.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    String held = secret("held");
    Path dump = directory.resolve("live.hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(dump.toString(), true);
    assertThat(cache.statistics().size()).isEqualTo(1);
    assertThat(cache.statistics().negativeSize()).isEqualTo(1);
    assertThat(isIn(dump, held)).as("the search finds what is held").isTrue();
    assertThat(isIn(dump, secret("good"))).isFalse();
    assertThat(isIn(dump, secret("bad"))).isFalse();
  }

  private static boolean isIn(Path file, String text) throws IOException {
    byte[] needle = text.getBytes(US_ASCII);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MappedByteBuffer bytes =
          channel.map(
              FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE));
      for (int i = 0; i <= bytes.limit() - needle.length; i++) {
        int matched = 0;
        while (matched < needle.length && bytes.get(i + matched) == needle[matched]) {
          matched++;
        }
        if (matched == needle.length) {
          return true;
        }
      }
      return false;
    }
  }
}
