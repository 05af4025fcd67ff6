package dev.holdfast.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are dear to make and of use to one caller at a time, kept while nobody uses
 * them. Without locks, and without thread-locals, for virtual threads' sake: a caller that finds
 * none makes one.
 */
public final class IdleObjects<T> {
  private static final int SLOTS = 16; // a power of two

  private final AtomicReferenceArray<@Nullable T> slots = new AtomicReferenceArray<>(SLOTS);

  /** One that is the caller's alone from here on, or null when none is idle. */
  public @Nullable T take() {
    return slots.getAndSet(slot(), null);
  }

  /** Keeps one for the next caller. One that failed halfway must not come back. */
  public void giveBack(T idle) {
    slots.set(slot(), idle);
  }

  private static int slot() {
    return (int) Thread.currentThread().getId() & (SLOTS - 1);
  }
}
