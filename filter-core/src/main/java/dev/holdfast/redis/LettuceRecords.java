package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Records in Redis: one command, one deadline, and no answer but the two plain ones counts. */
final class LettuceRecords implements SharedRecords {
  private final Connections connections;
  private final long deadlineNanos;
  private final OutageLog log;

  private LettuceRecords(Connections connections, long deadlineNanos, OutageLog log) {
    this.connections = connections;
    this.deadlineNanos = deadlineNanos;
    this.log = log;
  }

  static LettuceRecords open(
      RedisAddress address,
      @Nullable TrustManagerFactory trust,
      Duration deadline,
      Duration proofWindow,
      Clock clock) {
    LettuceClient client = LettuceClient.of(address, trust);
    StoreWatch watch = new StoreWatch(address.toString(), proofWindow, clock);
    Connections connections = new Connections(client, watch);
    return new LettuceRecords(connections, deadline.toNanos(), new OutageLog(address.toString()));
  }

  @Override
  public Outcome add(String key, long end, long life) {
    long start = System.nanoTime();
    try {
      Session session = within(connections.current(), start);
      session.lookIfDue();
      if (session.unfit() != null) {
        return unavailable(session.unfit());
      }
      if (session.mayHaveForgotten(end)) {
        return Outcome.UNAVAILABLE;
      }
      Outcome outcome = answer(session, session.setIfAbsent(key, life), start);
      if (session.unfit() != null) {
        return unavailable(session.unfit()); // the look came back with the answer
      }
      if (outcome == Outcome.UNAVAILABLE) {
        return unavailable("an answer that is none");
      }
      if (session.mayHaveForgotten(end)) {
        return Outcome.UNAVAILABLE;
      }
      log.works();
      return outcome;
    } catch (TimeoutException e) {
      return unavailable("no answer in time");
    } catch (ExecutionException e) {
      return unavailable(OutageLog.reason(e.getCause()));
    } catch (RedisException | IllegalStateException e) { // refused, canceled or closed
      return unavailable(OutageLog.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.UNAVAILABLE;
    }
  }

  private Outcome answer(Session session, RedisFuture<Outcome> command, long start)
      throws InterruptedException, ExecutionException, TimeoutException {
    long sent = System.nanoTime();
    try {
      Outcome answer = within(command.toCompletableFuture(), start);
      session.hasAnswered();
      return answer;
    } catch (TimeoutException e) {
      command.cancel(true); // its answer, should it come, is still taken off the connection
      if (System.nanoTime() - sent >= deadlineNanos / 2) {
        session.closeIfSilentSince(sent);
      }
      throw e;
    } catch (ExecutionException e) {
      session.closeIfWrongPlace(e.getCause());
      throw e;
    }
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    try {
      return connections.current().get(patience.toNanos(), TimeUnit.NANOSECONDS).unfit();
    } catch (TimeoutException | ExecutionException unreachable) {
      return null; // nobody knows yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private <T> T within(CompletableFuture<T> future, long start)
      throws InterruptedException, ExecutionException, TimeoutException {
    long left = deadlineNanos - (System.nanoTime() - start);
    return future.get(Math.max(0, left), TimeUnit.NANOSECONDS);
  }

  private Outcome unavailable(@Nullable String reason) {
    log.fails(String.valueOf(reason));
    return Outcome.UNAVAILABLE;
  }

  @Override
  public boolean isConnected() {
    return connections.isOpen();
  }

  @Override
  public void close() {
    connections.close();
  }
}
