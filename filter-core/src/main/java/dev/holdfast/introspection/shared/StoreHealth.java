package dev.holdfast.introspection.shared;

import dev.holdfast.internal.ApplicationLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Leaves a store alone that does not answer, so that it does not cost its deadline for each token:
 * after three failures in a row nobody asks it for a second, then one caller does. What went wrong
 * is counted, and said in the log once a minute.
 */
final class StoreHealth {
  private static final int FAILURES_IN_A_ROW = 3;
  private static final long REST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SILENCE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long AT_WORK = 0;

  private final System.Logger logger = ApplicationLog.named("dev.holdfast.introspection");
  private final String where;
  private final LongSupplier nanoTime;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong restUntil = new AtomicLong(AT_WORK);
  private final AtomicLong nextOutage;
  private final AtomicLong nextUnreadable;
  private final LongAdder failed = new LongAdder();
  private final LongAdder unreadable = new LongAdder();

  StoreHealth(String where, LongSupplier nanoTime) {
    this.where = where;
    this.nanoTime = nanoTime;
    this.nextOutage = new AtomicLong(nanoTime.getAsLong());
    this.nextUnreadable = new AtomicLong(nanoTime.getAsLong());
  }

  /** Whether to ask it now. */
  boolean mayAsk() {
    long until = restUntil.get();
    if (until == AT_WORK) {
      return true;
    }
    long now = nanoTime.getAsLong();
    return now - until >= 0 && restUntil.compareAndSet(until, (now + REST_NANOS) | 1);
  }

  /** Whether it is not left alone, for what follows an answer that it gave. */
  boolean isAtWork() {
    return restUntil.get() == AT_WORK;
  }

  /** It answered. */
  void works() {
    if (failures.get() != 0) {
      failures.set(0);
    }
    if (restUntil.get() != AT_WORK) {
      restUntil.set(AT_WORK);
    }
  }

  /** It did not answer, or with an error. */
  void fails(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof CancellationException) {
      return;
    }
    failed.increment();
    if (failures.incrementAndGet() >= FAILURES_IN_A_ROW) {
      restUntil.set((nanoTime.getAsLong() + REST_NANOS) | 1); // never AT_WORK
    }
    sayRarely(
        nextOutage,
        "cannot be used (" + cause.getMessage() + "); this node asks the issuer itself meanwhile");
  }

  /** An entry that nobody with the key has made lies there. */
  void foundUnreadable() {
    unreadable.increment();
    sayRarely(
        nextUnreadable,
        "has an entry that is damaged or forged; it is not used, and the issuer is asked anew");
  }

  private void sayRarely(AtomicLong next, String text) {
    long due = next.get();
    long now = nanoTime.getAsLong();
    if (now - due >= 0 && next.compareAndSet(due, now + SILENCE_NANOS)) {
      logger.log(Level.WARNING, "shared cache of tokens: " + where + " " + text);
    }
  }

  long failed() {
    return failed.sum();
  }

  long unreadable() {
    return unreadable.sum();
  }
}
