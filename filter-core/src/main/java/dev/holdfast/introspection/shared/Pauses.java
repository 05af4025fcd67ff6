package dev.holdfast.introspection.shared;

import dev.holdfast.internal.waiting.Later;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/** Waits without a thread. When it is closed nobody waits any longer. */
public final class Pauses implements AutoCloseable {
  private static final class Pause {
    private final CompletableFuture<Void> over = new CompletableFuture<>();
  }

  private final Later later;
  private final Set<Pause> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Pauses by this timer. */
  public Pauses(Later later) {
    this.later = later;
  }

  /** Completes after that time, or at once where this is closed. */
  CompletableFuture<Void> pause(Duration time) {
    Pause pause = new Pause();
    open.add(pause);
    Future<?> unused = later.after(time, () -> end(pause));
    if (closed) {
      end(pause);
    }
    return pause.over;
  }

  boolean isClosed() {
    return closed;
  }

  private void end(Pause pause) {
    open.remove(pause);
    pause.over.complete(null);
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(this::end);
  }
}
