package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.redis.store.OutageLog;
import dev.holdfast.redis.store.StoreFacts;
import dev.holdfast.redis.store.StoreWatch;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection from its first command to its end. */
final class Session {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Pattern CODE = Pattern.compile("([A-Z]{2,20})\\b.*", Pattern.DOTALL);

  /** What Redis says when this connection is not to the one that takes records. */
  private static final Set<String> WRONG_PLACE =
      Set.of(
          "READONLY",
          "LOADING",
          "MASTERDOWN",
          "MOVED",
          "ASK",
          "CLUSTERDOWN",
          "NOAUTH",
          "NOREPLICAS");

  private final StatefulRedisConnection<String, String> connection;
  private final StoreWatch watch;
  private final OutageLog log;
  private final UnaryOperator<StoreFacts> judge;
  private final Supplier<CompletableFuture<Boolean>> stillThePlace;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile long answered = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * A connection that was just made.
   *
   * @param judge what may make it unfit beside what it says itself
   * @param stillThePlace who else knows whether this is the one to talk to
   */
  Session(
      StatefulRedisConnection<String, String> connection,
      StoreWatch watch,
      OutageLog log,
      UnaryOperator<StoreFacts> judge,
      Supplier<CompletableFuture<Boolean>> stillThePlace) {
    this.connection = connection;
    this.watch = watch;
    this.log = log;
    this.judge = judge;
    this.stillThePlace = stillThePlace;
  }

  boolean isOpen() {
    return !ended.get() && connection.isOpen();
  }

  OutageLog log() {
    return log;
  }

  /** What Redis says about itself goes to the watch; a replica's words are no primary's. */
  CompletionStage<@Nullable StoreFacts> look() {
    return connection
        .async()
        .info()
        .handle(
            (info, failure) -> {
              StoreFacts facts = null;
              if (info != null) {
                facts = judge.apply(StoreFacts.of(info));
              } else if (failure instanceof RedisCommandExecutionException) {
                facts = StoreFacts.unknown(code(failure));
              }
              if (facts != null && facts.replica()) {
                close();
              } else if (facts != null) {
                watch.saw(facts);
              }
              return facts;
            });
  }

  /**
   * Looks again once a second at most. Redis answers in the order in which it is asked, so that
   * whatever this look brings is known when the answer to the next command is there.
   */
  void lookIfDue() {
    long before = looked.get();
    long now = System.nanoTime();
    if (now - before >= LOOK_NANOS && looked.compareAndSet(before, now)) {
      CompletionStage<?> unused = look();
      closeIfAnotherIsThePlace();
    }
  }

  private void closeIfAnotherIsThePlace() {
    CompletableFuture<?> unused =
        stillThePlace
            .get()
            .whenComplete(
                (yes, failure) -> {
                  if (!Boolean.TRUE.equals(yes)) {
                    close();
                  }
                });
  }

  /** Why Redis cannot keep records; null when it can. */
  @Nullable String unfit() {
    return watch.unfit();
  }

  /** Whether a proof with that end may have been spent, and its record be gone. */
  boolean mayHaveForgotten(long end) {
    return watch.mayHaveForgotten(end);
  }

  RedisFuture<Outcome> setIfAbsent(String key, long life) {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.ASCII).addKey(key).addValue("1");
    SetArgs.Builder.nx().px(life).build(arguments);
    return connection.async().dispatch(CommandType.SET, new SetAnswer(), arguments);
  }

  /** Every other command. */
  RedisAsyncCommands<String, String> commands() {
    return connection.async();
  }

  /** Of a node of a cluster: who has which slots. */
  CompletableFuture<List<Object>> clusterSlots() {
    return connection.async().clusterSlots().toCompletableFuture();
  }

  void hasAnswered() {
    answered = System.nanoTime();
  }

  /** A connection whose other end is gone is silent, and nothing else may tell. */
  void closeIfSilentSince(long moment) {
    if (answered - moment < 0) {
      close();
    }
  }

  /**
   * A Redis that sends the record elsewhere, or takes none yet: the name may lead elsewhere now.
   */
  void closeIfWrongPlace(Throwable failure) {
    if (failure instanceof RedisCommandExecutionException && WRONG_PLACE.contains(code(failure))) {
      close();
    }
  }

  /** Redis' own word for an error. */
  static String code(Throwable failure) {
    Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
    return code.matches() ? String.valueOf(code.group(1)) : "an error";
  }

  void close() {
    if (ended.compareAndSet(false, true)) {
      CompletableFuture<Void> unused = connection.closeAsync();
    }
  }
}
