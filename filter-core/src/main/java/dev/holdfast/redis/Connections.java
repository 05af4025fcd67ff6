package dev.holdfast.redis;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one connection in use. When it is lost, the next request begins to make another one, for
 * which the requests wait that come meanwhile, each to its deadline; after a failure nobody tries
 * again for half a second.
 */
final class Connections implements AutoCloseable {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
  private static final Pattern UPTIME =
      Pattern.compile("(?m)^uptime_in_seconds:([0-9]{1,12})\\s*$");

  private record Attempt(CompletableFuture<Session> session, long begun) {}

  private final LettuceClient client;
  private final Duration proofWindow;
  private final Clock clock;
  private final AtomicReference<Attempt> latest;
  private volatile boolean closed;

  Connections(LettuceClient client, Duration proofWindow, Clock clock) {
    this.client = client;
    this.proofWindow = proofWindow;
    this.clock = clock;
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

  boolean isOpen() {
    return isOpen(latest());
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
    attempt.session().orTimeout(LettuceClient.CONNECT_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    try {
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
    } else if (proofWindow.isZero()) {
      established(attempt, new Session(connection, Long.MIN_VALUE));
    } else {
      connection
          .async()
          .info("server")
          .whenComplete(
              (info, denied) -> established(attempt, new Session(connection, forgotten(info))));
    }
  }

  private void established(Attempt attempt, Session session) {
    if (!attempt.session().complete(session) || closed) {
      session.close(); // too late: nobody would ever close it
    }
  }

  /** Until when a proof may end that was spent before Redis started. */
  private long forgotten(@Nullable String info) {
    Matcher uptime = UPTIME.matcher(info == null ? "" : info);
    long seconds = uptime.find() ? Long.parseLong(uptime.group(1)) : 0;
    return clock.millis() - seconds * 1000 + proofWindow.toMillis();
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }
}
