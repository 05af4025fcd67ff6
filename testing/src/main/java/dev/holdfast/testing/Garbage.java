package dev.holdfast.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;

/** What is allocated on the calling thread. */
public final class Garbage {
  private static final int ROUNDS = 20;
  private static final int CALLS = 5_000;

  private Garbage() {}

  /**
   * What one call allocates, in bytes. The JVM counts exactly; the least of several rounds leaves
   * out what compilers and agents do meanwhile. Where it does not count, the test is skipped.
   *
   * @param call says whether it did what it was to do; if ever it did not, the test fails
   */
  public static double bytesPerCall(BooleanSupplier call) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
            && bean.isThreadAllocatedMemorySupported(),
        "this JVM does not count what a thread allocates");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.setThreadAllocatedMemoryEnabled(true);
    long thread = Thread.currentThread().getId();

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      int done = 0;
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < CALLS; i++) {
        if (call.getAsBoolean()) {
          done++;
        }
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
      assertThat(done).isEqualTo(CALLS);
    }
    return least / (double) CALLS;
  }
}
