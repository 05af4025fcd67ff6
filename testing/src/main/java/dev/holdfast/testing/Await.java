package dev.holdfast.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a condition of which nobody sends word. */
public final class Await {
  private static final long PAUSE_MILLIS = 5;

  private Await() {}

  /**
   * Looks at the condition until it holds, at least once and every few milliseconds.
   *
   * @param patience for how long to look
   * @return whether it held in that time
   */
  public static boolean within(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return true;
  }
}
