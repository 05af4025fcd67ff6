package dev.holdfast.introspection;

import java.util.concurrent.atomic.AtomicInteger;

/** At most so many calls at a time; one more is turned away at once, it does not wait. */
final class Bulkhead {
  private final int limit;
  private final AtomicInteger inside = new AtomicInteger();

  Bulkhead(int limit) {
    this.limit = limit;
  }

  /** Whether the call may go ahead; it then calls {@link #leave()} exactly once. */
  boolean tryEnter() {
    if (inside.incrementAndGet() <= limit) {
      return true;
    }
    inside.decrementAndGet();
    return false;
  }

  void leave() {
    inside.decrementAndGet();
  }

  int inside() {
    return inside.get();
  }
}
