package dev.holdfast.internal.waiting;

import dev.holdfast.IssuerUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many callers wait for answers that somebody else asked an issuer for: each of them
 * holds a thread of the container. So many wait for as long as it takes; all other ones only until
 * the question is a quarter of a second old, and fail with {@link IssuerUnavailableException} then.
 * An issuer that answers swiftly thus serves any crowd, and a slow one holds few threads.
 */
public final class WaitingRoom {
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final int places;
  private final Later later;
  private final AtomicInteger waiting = new AtomicInteger();

  /** A room with so many places; a timer that is closed lets nobody leave early. */
  public WaitingRoom(int places, Later later) {
    this.places = places;
    this.later = later;
  }

  /**
   * The answer, or a failure when there is no place to wait for it.
   *
   * @param askedNanos when it was asked for, by {@link System#nanoTime}
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the stages only count and tidy up
  public <T> CompletableFuture<T> await(CompletableFuture<T> answer, long askedNanos) {
    if (answer.isDone()) {
      return answer;
    }
    if (waiting.incrementAndGet() <= places) {
      answer.whenComplete((ignored, failure) -> waiting.decrementAndGet());
      return answer;
    }
    waiting.decrementAndGet();
    Duration left = PATIENCE.minusNanos(System.nanoTime() - askedNanos);
    if (left.isNegative()) {
      return CompletableFuture.failedFuture(tooMany());
    }
    CompletableFuture<T> own = answer.copy();
    Future<?> end = later.after(left, () -> own.completeExceptionally(tooMany()));
    own.whenComplete((ignored, failure) -> end.cancel(false));
    return own;
  }

  private static IssuerUnavailableException tooMany() {
    return new IssuerUnavailableException("too many callers wait for the issuer", null);
  }
}
