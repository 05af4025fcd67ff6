package dev.holdfast.internal.waiting;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs short tasks after a while, on one thread of its own. The thread exists only while tasks
 * wait, it knows no application's class loader, and it ends when this is closed. Java's own timer
 * for futures ({@code CompletableFuture.orTimeout} and its like) would keep the class loader of
 * whoever used it first for as long as the JVM lives.
 */
public final class Later implements AutoCloseable {
  private static final String NAME = "holdfast-later";

  private final ScheduledThreadPoolExecutor timer;

  /** A timer; its thread starts with the first task. */
  public Later() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> OwnThread.platform(task, NAME), new ThreadPoolExecutor.DiscardPolicy());
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs the task that long from now, unless this is closed before. */
  public Future<?> after(Duration time, Runnable task) {
    return timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Forgets all tasks and ends the thread. */
  @Override
  public void close() {
    timer.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = timer.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
