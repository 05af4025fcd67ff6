package dev.holdfast.cache;

import dev.holdfast.Verification;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An answer that many callers hold at once, so that none of them may settle it: to cancel,
 * complete, obtrude or time out is without effect on the others. The methods that return a future
 * return one of the caller's own.
 */
final class SharedAnswer extends CompletableFuture<Verification> {

  static SharedAnswer of(Verification verification) {
    SharedAnswer answer = new SharedAnswer();
    answer.settle(verification);
    return answer;
  }

  void settle(Verification verification) {
    super.complete(verification);
  }

  void settleExceptionally(Throwable failure) {
    super.completeExceptionally(failure);
  }

  /** What is derived from it belongs to the caller. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  @Override
  public boolean complete(Verification verification) {
    return false;
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return false;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public void obtrudeValue(Verification verification) {
    throw new UnsupportedOperationException("the answer is shared");
  }

  @Override
  public void obtrudeException(Throwable failure) {
    throw new UnsupportedOperationException("the answer is shared");
  }

  @Override
  public CompletableFuture<Verification> completeAsync(
      Supplier<? extends Verification> supplier, Executor executor) {
    return copy().completeAsync(supplier, executor);
  }

  @Override
  public CompletableFuture<Verification> completeAsync(Supplier<? extends Verification> supplier) {
    return copy().completeAsync(supplier);
  }

  @Override
  public CompletableFuture<Verification> orTimeout(long timeout, TimeUnit unit) {
    return copy().orTimeout(timeout, unit);
  }

  @Override
  public CompletableFuture<Verification> completeOnTimeout(
      Verification verification, long timeout, TimeUnit unit) {
    return copy().completeOnTimeout(verification, timeout, unit);
  }
}
