package dev.holdfast.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one connection in use. When it is lost, the next request begins to make another one, for
 * which the requests wait that come meanwhile, each to its deadline; after a failure nobody tries
 * again for half a second.
 */
final class Connections implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  private record Attempt(CompletableFuture<Session> session, long begun) {}

  private final LettuceClient client;
  private final StoreWatch watch;
  private final AtomicReference<Attempt> latest;
  private volatile boolean closed;

  Connections(LettuceClient client, StoreWatch watch) {
    this.client = client;
    this.watch = watch;
    Attempt first = new Attempt(new CompletableFuture<>(), System.nanoTime());
    this.latest = new AtomicReference<>(first);
    begin(first);
  }

  /** The connection, or a try to make one, or the failure of the last try. */
  CompletableFuture<Session> current() {
    if (closed) {
      return CompletableFuture.failedFuture(new RedisConnectionException("closed"));
    }
    while (true) {
      Attempt attempt = latest();
      if (!attempt.session().isDone() || isOpen(attempt) || isFresh(attempt)) {
        return attempt.session();
      }
      Attempt next = new Attempt(new CompletableFuture<>(), System.nanoTime());
      if (latest.compareAndSet(attempt, next)) {
        begin(next);
      }
    }
  }

  /** Whether there is a connection to a Redis that keeps what it is given. */
  boolean isOpen() {
    return isOpen(latest()) && watch.unfit() == null;
  }

  private Attempt latest() {
    return Objects.requireNonNull(latest.get());
  }

  private static boolean isOpen(Attempt attempt) {
    CompletableFuture<Session> session = attempt.session();
    return session.isDone() && !session.isCompletedExceptionally() && session.join().isOpen();
  }

  private static boolean isFresh(Attempt attempt) {
    return System.nanoTime() - attempt.begun() < PAUSE_NANOS;
  }

  private void begin(Attempt attempt) {
    try {
      client.afterConnectLimit(
          () ->
              attempt
                  .session()
                  .completeExceptionally(new RedisConnectionException("no connection in time")));
      CompletableFuture<?> unused =
          client.connect().whenComplete((made, failure) -> greet(attempt, made, failure));
    } catch (RuntimeException e) { // Lettuce throws some failures instead of reporting them
      attempt.session().completeExceptionally(e);
    }
  }

  private void greet(
      Attempt attempt,
      @Nullable StatefulRedisConnection<String, String> connection,
      @Nullable Throwable failure) {
    if (connection == null) {
      attempt
          .session()
          .completeExceptionally(
              failure != null ? failure : new RedisConnectionException("no connection"));
    } else {
      Session session = new Session(connection, watch);
      CompletionStage<?> unused =
          session.look().whenComplete((seen, never) -> established(attempt, session));
    }
  }

  private void established(Attempt attempt, Session session) {
    if (!attempt.session().complete(session) || closed) {
      session.close(); // too late: nobody would ever close it
    }
  }

  /** Runs the task that many nanoseconds from now, on a thread that {@link #close} ends. */
  void after(long nanos, Runnable task) {
    client.after(nanos, task);
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }
}
