package dev.holdfast.measuring;

import java.util.concurrent.CountDownLatch;

/** Virtual threads, for code that is compiled for a JDK without them. */
final class VirtualThread {
  private VirtualThread() {}

  static void start(Runnable task) throws ReflectiveOperationException {
    if (Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task) == null) {
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
