package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisServer;
import dev.holdfast.redis.store.OutageLog;
import dev.holdfast.redis.store.StoreFacts;
import dev.holdfast.redis.store.StoreWatch;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one connection in use to one place. When it is lost, the next request begins to make another
 * one, for which the requests wait that come meanwhile, each to its deadline; after a failure
 * nobody tries again for half a second.
 */
final class Connections implements Places {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** How the server is found that takes the records of this place. */
  interface Finder {
    /** The server, or the failure to find one. */
    CompletableFuture<RedisServer> find();

    /** Whether it is still the one; a failure is no. */
    CompletableFuture<Boolean> confirms(RedisServer server);

    /** It is where it always was. */
    static Finder of(RedisServer server) {
      CompletableFuture<RedisServer> found = CompletableFuture.completedFuture(server);
      CompletableFuture<Boolean> yes = CompletableFuture.completedFuture(true);
      return new Finder() {
        @Override
        public CompletableFuture<RedisServer> find() {
          return found;
        }

        @Override
        public CompletableFuture<Boolean> confirms(RedisServer same) {
          return yes;
        }
      };
    }
  }

  /** What cannot come right without another setting. */
  static final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String reason) {
      super(reason);
    }
  }

  private record Attempt(CompletableFuture<Session> session, long begun) {}

  private final LettuceClient client;
  private final Finder finder;
  private final StoreWatch watch;
  private final OutageLog log;
  private final UnaryOperator<StoreFacts> judge;
  private final AtomicReference<Attempt> latest;
  private volatile boolean closed;

  Connections(
      LettuceClient client,
      Finder finder,
      StoreWatch watch,
      OutageLog log,
      UnaryOperator<StoreFacts> judge) {
    this.client = client;
    this.finder = finder;
    this.watch = watch;
    this.log = log;
    this.judge = judge;
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

  @Override
  public CompletableFuture<Session> session(String key) {
    return current();
  }

  @Override
  public void refused(Session session, Throwable failure) {
    session.closeIfWrongPlace(failure);
  }

  @Override
  public boolean mayHaveForgotten(Session session, String key, long end) {
    return session.mayHaveForgotten(end);
  }

  @Override
  public OutageLog log(String key) {
    return log;
  }

  /** Whether there is a connection to a Redis that keeps what it is given. */
  @Override
  public boolean isOpen() {
    return openSession() != null && watch.unfit() == null;
  }

  /** The connection, where there is one at this moment. */
  @Nullable Session openSession() {
    Attempt attempt = latest();
    return isOpen(attempt) ? attempt.session().join() : null;
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    try {
      return current().get(patience.toNanos(), TimeUnit.NANOSECONDS).unfit();
    } catch (ExecutionException e) {
      return e.getCause() instanceof UnfitException unfit ? unfit.getMessage() : null;
    } catch (TimeoutException unreachable) {
      return null; // nobody knows yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
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
          finder
              .find()
              .thenCompose(
                  server ->
                      client
                          .connect(server)
                          .thenAccept(connection -> greet(attempt, server, connection)))
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      attempt.session().completeExceptionally(failure);
                    }
                  });
    } catch (RuntimeException e) { // Lettuce throws some failures instead of reporting them
      attempt.session().completeExceptionally(e);
    }
  }

  private void greet(
      Attempt attempt, RedisServer server, StatefulRedisConnection<String, String> connection) {
    Session session = new Session(connection, watch, log, judge, () -> finder.confirms(server));
    CompletionStage<?> unused =
        client
            .first(connection, session::look)
            .whenComplete((facts, failure) -> established(attempt, session, facts, failure));
  }

  private void established(
      Attempt attempt, Session session, @Nullable StoreFacts facts, @Nullable Throwable failure) {
    if (failure != null) {
      attempt.session().completeExceptionally(failure); // nobody trusts what was not looked at
    } else if (facts != null && facts.replica()) {
      attempt.session().completeExceptionally(new RedisConnectionException("it is a replica"));
    }
    if (!attempt.session().complete(session) || closed) {
      session.close(); // too late: nobody would ever close it
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Ends the connection, while the client goes on. */
  void end() {
    close();
    Session session = openSession();
    if (session != null) {
      session.close();
    }
  }
}
