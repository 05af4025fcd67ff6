package dev.holdfast.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch that soaks rely on sees a leak of a few bytes, and none where there is none. */
@Tag("whole")
class HeapWatchTest {
  @TempDir private Path folder;

  private static final class Leaked {
    private final byte[] key = new byte[32];

    int length() {
      return key.length;
    }
  }

  private HeapWatch watch(List<Leaked> leak, int connectionsPerLeak) throws IOException {
    HeapWatch watch = new HeapWatch(folder);
    for (int connections = 0; connections <= 4_000; connections++) {
      if (connectionsPerLeak > 0 && connections % connectionsPerLeak == 0) {
        leak.add(new Leaked());
      }
      if (connections % 1_000 == 0) {
        watch.note(connections);
      }
    }
    return watch;
  }

  @Test
  void oneKeyForEachConnectionIsSeen() throws Exception {
    List<Leaked> leak = new ArrayList<>();
    HeapWatch watch = watch(leak, 1);
    assertThat(watch.growing(2)).contains(Leaked.class.getName());
    assertThat(leak.get(0).length()).isEqualTo(32);
  }

  @Test
  void whatDoesNotGrowIsNotNamed() throws Exception {
    List<Leaked> none = new ArrayList<>();
    HeapWatch watch = watch(none, 0);
    assertThat(watch.growing(2)).isEmpty();
    assertThat(watch.slope()).isLessThan(512);
  }

  @Test
  void whatEachConnectionKeepsIsItsSlope() throws Exception {
    HeapWatch watch = new HeapWatch(folder);
    List<byte[]> leak = new ArrayList<>();
    for (int point = 0; point < 4; point++) {
      watch.note(point * 100L);
      for (int i = 0; i < 100; i++) {
        leak.add(new byte[10_000]);
      }
    }
    assertThat(leak).hasSize(400);
    assertThat(watch.slope()).isBetween(9_000.0, 11_000.0);
  }
}
