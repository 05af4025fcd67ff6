package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection from its first command to its end. */
final class Session {
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Pattern CODE = Pattern.compile("([A-Z]{2,20})\\b.*", Pattern.DOTALL);

  /** What Redis says when this connection is not to the one that takes records. */
  private static final Set<String> WRONG_PLACE =
      Set.of("READONLY", "LOADING", "MASTERDOWN", "MOVED", "ASK", "CLUSTERDOWN", "NOAUTH");

  private final StatefulRedisConnection<String, String> connection;
  private final StoreWatch watch;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile long answered = System.nanoTime();

  Session(StatefulRedisConnection<String, String> connection, StoreWatch watch) {
    this.connection = connection;
    this.watch = watch;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** What Redis says about itself goes to the watch. */
  CompletionStage<?> look() {
    return connection
        .async()
        .info()
        .handle(
            (info, failure) -> {
              if (info != null) {
                watch.saw(StoreFacts.of(info));
              } else if (failure instanceof RedisCommandExecutionException) {
                watch.saw(StoreFacts.unknown(code(failure)));
              }
              return info;
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
    }
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
  void closeIfWrongPlace(@Nullable Throwable failure) {
    if (failure instanceof RedisCommandExecutionException && WRONG_PLACE.contains(code(failure))) {
      close();
    }
  }

  private static String code(Throwable failure) {
    Matcher code = CODE.matcher(String.valueOf(failure.getMessage()));
    return code.matches() ? String.valueOf(code.group(1)) : "an error";
  }

  void close() {
    CompletableFuture<Void> unused = connection.closeAsync();
  }
}
