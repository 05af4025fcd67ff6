package dev.holdfast.measuring;

import java.util.concurrent.CountDownLatch;

/** Virtual threads, for code that is compiled for a JDK without them. */
final class VirtualThread {
  private VirtualThread() {}

  /**
   * Starts a thread that has no thread-local: what other tests of this JVM have left in the
   * inheritable ones of the starting thread is not passed on.
   */
  static void start(Runnable task) throws ReflectiveOperationException {
    Class<?> builder = Class.forName("java.lang.Thread$Builder");
    Object bare =
        builder
            .getMethod("inheritInheritableThreadLocals", boolean.class)
            .invoke(Thread.class.getMethod("ofVirtual").invoke(null), false);
    if (builder.getMethod("start", Runnable.class).invoke(bare, task) == null) {
      throw new IllegalStateException("no thread");
    }
  }

  /** Keeps the thread alive, with whatever is bound to it. */
  static void stayUntil(CountDownLatch mayEnd) {
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
