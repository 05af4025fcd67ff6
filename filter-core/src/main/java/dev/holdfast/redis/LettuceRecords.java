package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.store.OutageLog;
import io.lettuce.core.RedisFuture;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Records in Redis: one command, one deadline, and no answer but the two plain ones counts. */
final class LettuceRecords implements SharedRecords {
  private final LettuceClient client;
  private final Places places;
  private final long deadlineNanos;

  private LettuceRecords(LettuceClient client, Places places, long deadlineNanos) {
    this.client = client;
    this.places = places;
    this.deadlineNanos = deadlineNanos;
  }

  static LettuceRecords open(
      RedisAddress address, RedisOptions options, Duration proofWindow, Clock clock) {
    LettuceClient client = LettuceClient.of(address, options);
    Places places = Discovery.of(client, address, proofWindow, clock);
    return new LettuceRecords(client, places, options.deadline().toNanos());
  }

  @Override
  public Outcome add(String key, long end, long life) {
    Addition addition = new Addition(key, end, life);
    try {
      return addition.outcome().get(deadlineNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return addition.end();
    } catch (ExecutionException e) {
      return addition.unavailable(OutageLog.reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.UNAVAILABLE;
    }
  }

  @Override
  public CompletionStage<Outcome> addAsync(String key, long end, long life) {
    Addition addition = new Addition(key, end, life);
    CompletableFuture<Outcome> outcome = addition.outcome();
    CompletableFuture<Outcome> inTime = new CompletableFuture<>();
    if (!outcome.isDone()) {
      client.after(
          deadlineNanos,
          () -> {
            if (!inTime.isDone()) {
              inTime.complete(addition.end());
            }
          });
    }
    CompletableFuture<?> unused =
        outcome.whenComplete(
            (answer, failure) ->
                inTime.complete(
                    failure == null
                        ? answer
                        : addition.unavailable(OutageLog.reason(cause(failure)))));
    return inTime;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** One record on its way, from the moment at which it was asked for. */
  private final class Addition {
    private final String key;
    private final long end;
    private final long life;
    private final CompletableFuture<Outcome> outcome;
    private volatile @Nullable Session session;
    private volatile @Nullable Sent sent;
    private volatile boolean ended;

    Addition(String key, long end, long life) {
      this.key = key;
      this.end = end;
      this.life = life;
      this.outcome = places.session(key).thenCompose(this::send);
    }

    /** Fails where Redis cannot be reached, or answers with an error. */
    CompletableFuture<Outcome> outcome() {
      return outcome;
    }

    private CompletionStage<Outcome> send(Session session) {
      if (ended) {
        return CompletableFuture.completedFuture(Outcome.UNAVAILABLE); // the connection came late
      }
      this.session = session;
      session.lookIfDue();
      if (session.unfit() != null) {
        return CompletableFuture.completedFuture(unavailable(session.unfit()));
      }
      if (places.mayHaveForgotten(session, key, end)) {
        return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
      }
      long now = System.nanoTime();
      RedisFuture<Outcome> command = session.setIfAbsent(key, life);
      sent = new Sent(session, command, now);
      return command
          .whenComplete(
              (answer, failure) -> {
                if (failure == null) {
                  session.hasAnswered();
                } else {
                  places.refused(session, cause(failure));
                }
              })
          .thenApply(answer -> judge(session, answer));
    }

    private Outcome judge(Session session, Outcome answer) {
      if (session.unfit() != null) {
        return unavailable(session.unfit()); // the look came back with the answer
      }
      if (answer == Outcome.UNAVAILABLE) {
        return unavailable("an answer that is none");
      }
      if (places.mayHaveForgotten(session, key, end)) {
        return Outcome.UNAVAILABLE;
      }
      session.log().works();
      return answer;
    }

    /** Nobody waits any longer. */
    Outcome end() {
      ended = true;
      Sent command = sent;
      if (command != null) {
        command.giveUp(deadlineNanos / 2);
      }
      return unavailable("no answer in time");
    }

    Outcome unavailable(@Nullable String reason) {
      Session asked = session;
      (asked == null ? places.log(key) : asked.log()).fails(String.valueOf(reason));
      return Outcome.UNAVAILABLE;
    }
  }

  /** A command that Redis has not answered. */
  private record Sent(Session session, RedisFuture<Outcome> command, long at) {
    void giveUp(long silentNanos) {
      command.cancel(true); // its answer, should it come, is still taken off the connection
      if (System.nanoTime() - at >= silentNanos) {
        session.closeIfSilentSince(at);
      }
    }
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    return places.unfit(patience);
  }

  @Override
  public boolean isConnected() {
    return places.isOpen();
  }

  @Override
  public void close() {
    places.close();
    client.close();
  }
}
