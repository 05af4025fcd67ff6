package dev.holdfast.internal.issuer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A host's addresses. A look-up cannot be given a timeout, so it has a thread of its own; there is
 * one at a time, and a burst of new connections shares it.
 */
final class Addresses {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  /** One look-up, under way or done. */
  private static final class Question {
    final CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
    volatile long doneAt;

    boolean isOver() {
      return answer.isDone()
          && (answer.isCompletedExceptionally() || System.nanoTime() - doneAt > FRESH_NANOS);
    }
  }

  private final String host;
  private final NameLookup lookup;
  private final AtomicReference<@Nullable Question> latest = new AtomicReference<>();

  Addresses(String host, NameLookup lookup) {
    this.host = host;
    this.lookup = lookup;
  }

  /** Waits for them until the deadline. */
  InetAddress[] find(Deadline deadline) throws IOException {
    try {
      return deadline.await(question().answer);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownHostException) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(failed);
        throw unknown; // one's own: what is shared would be suppressed by itself
      }
      throw new IllegalStateException("a look-up failed", failed.getCause());
    }
  }

  private Question question() {
    Question asked = latest.get();
    if (asked != null && !asked.isOver()) {
      return asked;
    }
    Question mine = new Question();
    if (latest.compareAndSet(asked, mine)) {
      OwnThread.EXECUTOR.execute(() -> look(mine));
      return mine;
    }
    return Objects.requireNonNull(latest.get());
  }

  private void look(Question question) {
    try {
      InetAddress[] found = lookup.addressesOf(host);
      question.doneAt = System.nanoTime();
      question.answer.complete(found);
    } catch (UnknownHostException | RuntimeException | Error e) {
      question.answer.completeExceptionally(e);
    }
  }
}
