package dev.holdfast.examples.stolentoken;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Tells a waiting person what is going on: a line that moves, or plain lines in a file. */
final class Progress {

  private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};

  private final PrintStream out;
  private final boolean terminal;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Does the work, and shows since when. */
  <T> T during(String what, Supplier<T> work) {
    long start = System.nanoTime();
    T result;
    ScheduledExecutorService drawing = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    try {
      if (terminal) {
        AtomicInteger frame = new AtomicInteger();
        Runnable draw =
            () -> line("\r" + FRAMES[frame.getAndIncrement() % FRAMES.length], what, start);
        ScheduledFuture<?> unused =
            drawing.scheduleAtFixedRate(draw, 0, 100, TimeUnit.MILLISECONDS);
      }
      result = work.get();
    } catch (RuntimeException failed) {
      end(drawing, "✗", what, start);
      throw failed;
    }
    end(drawing, "✓", what, start);
    return result;
  }

  private void end(ScheduledExecutorService drawing, String mark, String what, long start) {
    drawing.shutdownNow();
    try {
      drawing.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    line(terminal ? "\r" + mark : mark, what, start);
    out.println();
  }

  private void line(String mark, String what, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    out.print(String.format(Locale.ROOT, "%s %-28s %5.1f s", mark, what, seconds));
    out.flush();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
