package dev.holdfast.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Many callers at one moment, each on a thread of its own: virtual where this JDK has them. */
final class Storm {
  private static final @Nullable ThreadFactory VIRTUAL = virtualThreads();

  private Storm() {}

  /** The kind of thread, for the report. */
  static String threads() {
    return VIRTUAL == null ? "platform" : "virtual";
  }

  /**
   * Lets the callers loose and waits for the last one.
   *
   * @param work is told the caller's number
   * @return milliseconds from the first to the last
   */
  static double of(int callers, IntConsumer work) {
    ThreadFactory factory = VIRTUAL != null ? VIRTUAL : Thread::new;
    CountDownLatch ready = new CountDownLatch(callers);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(callers);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      factory
          .newThread(
              () -> {
                ready.countDown();
                try {
                  go.await();
                  work.accept(caller);
                } catch (InterruptedException | RuntimeException | Error e) {
                  failure.set(e);
                } finally {
                  done.countDown();
                }
              })
          .start();
    }
    try {
      ready.await();
      long start = System.nanoTime();
      go.countDown();
      done.await();
      double millis = (System.nanoTime() - start) / 1e6;
      Throwable failed = failure.get();
      if (failed != null) {
        throw new IllegalStateException("a caller failed", failed);
      }
      return millis;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code Thread.ofVirtual().factory()}, which JDK 17 does not have. */
  private static @Nullable ThreadFactory virtualThreads() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (NoSuchMethodException | ClassNotFoundException older) {
      return null;
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
