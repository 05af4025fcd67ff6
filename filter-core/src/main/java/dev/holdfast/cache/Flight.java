package dev.holdfast.cache;

/** One question to the delegate, and everyone who waits for its answer. */
final class Flight {
  private final SharedAnswer answer = new SharedAnswer();
  private final long askedAt;
  private final long begunNanos = System.nanoTime();
  private boolean discarded;

  Flight(long askedAt) {
    this.askedAt = askedAt;
  }

  SharedAnswer answer() {
    return answer;
  }

  long askedAt() {
    return askedAt;
  }

  long begunNanos() {
    return begunNanos;
  }

  /**
   * From the return of this method on, the answer is either stored already or never will be, so
   * that whoever evicts next finds all there is. It still reaches those who wait for it.
   */
  synchronized void discard() {
    discarded = true;
  }

  /** Stores the answer, unless it has been discarded. The lock is held for the store alone. */
  synchronized void store(Runnable storing) {
    if (!discarded) {
      storing.run();
    }
  }
}
