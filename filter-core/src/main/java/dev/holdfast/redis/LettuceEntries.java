package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.store.OutageLog;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Entries over Lettuce: each call has one deadline, and nothing is repeated. */
final class LettuceEntries implements RedisEntries {
  private static final long NO_END = -1;

  private final LettuceClient client;
  private final Places places;
  private final String keyPrefix;
  private final long deadlineNanos;
  private final Set<Call<?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private LettuceEntries(
      LettuceClient client, Places places, String keyPrefix, long deadlineNanos) {
    this.client = client;
    this.places = places;
    this.keyPrefix = keyPrefix;
    this.deadlineNanos = deadlineNanos;
  }

  static LettuceEntries open(
      RedisAddress address, RedisOptions options, String keyPrefix, Clock clock) {
    LettuceClient client = LettuceClient.of(address, options);
    Places places = Discovery.of(client, address, Duration.ZERO, clock);
    return new LettuceEntries(client, places, keyPrefix, options.deadline().toNanos());
  }

  @Override
  public void awaitConnection(Duration patience) {
    String unused = places.unfit(patience); // every Redis is fit to forget
  }

  @Override
  public CompletableFuture<Found> find(String name) {
    String key = entry(name);
    return call(
        key,
        commands -> {
          // The end first: should the entry be another one by then, it is believed for less long.
          RedisFuture<Long> left = commands.pttl(key);
          RedisFuture<byte[]> value =
              commands.dispatch(
                  CommandType.GET,
                  new BytesAnswer(),
                  new CommandArgs<>(StringCodec.ASCII).addKey(key));
          RedisFuture<Long> claim = commands.pttl(claim(name));
          return left.thenCombine(claim, Ends::new)
              .thenCombine(value, (ends, bytes) -> new Found(bytes, ends.left(), ends.claimed()));
        });
  }

  @Override
  public CompletableFuture<Boolean> claim(String name, Duration life) {
    return call(
        entry(name),
        commands ->
            commands
                .set(claim(name), "1", SetArgs.Builder.nx().px(life.toMillis()))
                .thenApply("OK"::equals));
  }

  @Override
  public CompletableFuture<?> release(String name) {
    return call(entry(name), commands -> commands.del(claim(name)));
  }

  @Override
  public CompletableFuture<?> put(String name, byte[] value, Duration life) {
    String key = entry(name);
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.ASCII).addKey(key).add(value);
    SetArgs.Builder.px(life.toMillis()).build(arguments);
    return call(
        key,
        commands ->
            commands.dispatch(CommandType.SET, new StatusOutput<>(StringCodec.ASCII), arguments));
  }

  @Override
  public CompletableFuture<?> remove(String name) {
    String key = entry(name);
    return call(key, commands -> commands.del(key));
  }

  @Override
  public CompletableFuture<Long> add(String counter, long amount, Duration life) {
    String key = keyPrefix + counter;
    return call(
        key,
        commands -> {
          RedisFuture<Long> sum = commands.incrby(key, amount);
          return commands
              .pttl(key)
              .thenCombine(sum, (left, now) -> left == NO_END ? Added.first(now) : Added.next(now))
              .thenCompose(
                  added ->
                      added.isFirst()
                          ? commands.pexpire(key, life.toMillis()).thenApply(set -> added.sum())
                          : CompletableFuture.completedFuture(added.sum()));
        });
  }

  /** For how long Redis keeps an entry, and a claim. */
  private record Ends(long left, long ofClaim) {
    boolean claimed() {
      return ofClaim >= 0 || ofClaim == NO_END;
    }
  }

  /** A sum, and whether nobody has said yet when it is forgotten. */
  private record Added(long sum, boolean isFirst) {
    static Added first(long sum) {
      return new Added(sum, true);
    }

    static Added next(long sum) {
      return new Added(sum, false);
    }
  }

  /** In a cluster, what belongs together lies on one node. */
  private String entry(String name) {
    return keyPrefix + '{' + name + '}';
  }

  private String claim(String name) {
    return entry(name) + ":asked";
  }

  private <T> CompletableFuture<T> call(
      String key, Function<RedisAsyncCommands<String, String>, CompletionStage<T>> commands) {
    Call<T> call = new Call<>(key, commands);
    open.add(call);
    CompletableFuture<?> unused = call.result.whenComplete((value, failure) -> open.remove(call));
    if (closed) {
      call.result.cancel(false);
      return call.result;
    }
    call.begin();
    return call.result;
  }

  /** One call on its way. */
  private final class Call<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final String key;
    private final Function<RedisAsyncCommands<String, String>, CompletionStage<T>> commands;
    private volatile @Nullable Session session;
    private volatile long sent;

    Call(String key, Function<RedisAsyncCommands<String, String>, CompletionStage<T>> commands) {
      this.key = key;
      this.commands = commands;
    }

    void begin() {
      try {
        CompletableFuture<?> unused =
            places
                .session(key)
                .thenCompose(this::send)
                .whenComplete((value, failure) -> settle(value, failure));
        if (!result.isDone()) {
          client.after(deadlineNanos, this::giveUp);
        }
      } catch (RuntimeException failed) { // Lettuce throws some failures
        fail(OutageLog.reason(failed));
      }
    }

    private boolean fail(String reason) {
      return result.completeExceptionally(new IllegalStateException(reason));
    }

    private CompletionStage<T> send(Session place) {
      if (result.isDone()) {
        return CompletableFuture.failedFuture(new RedisConnectionException("too late"));
      }
      place.lookIfDue();
      sent = System.nanoTime();
      session = place;
      return commands.apply(place.commands());
    }

    private void settle(@Nullable T value, @Nullable Throwable failure) {
      Session asked = session;
      if (failure == null) {
        if (asked != null) {
          asked.hasAnswered();
        }
        result.complete(value);
        return;
      }
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (asked != null) {
        places.refused(asked, cause);
      }
      fail(OutageLog.reason(cause));
    }

    /** An answer that comes later is still taken off the connection. */
    private void giveUp() {
      Session asked = session;
      if (fail("no answer in time")
          && asked != null
          && System.nanoTime() - sent >= deadlineNanos / 2) {
        asked.closeIfSilentSince(sent);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    places.close();
    open.forEach(call -> call.result.cancel(false));
    client.close();
  }
}
