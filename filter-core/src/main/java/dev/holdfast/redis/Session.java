package dev.holdfast.redis;

import dev.holdfast.ReplayGuard.Outcome;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.CompletableFuture;

/** One connection from its first command to its end. */
final class Session {
  private final StatefulRedisConnection<String, String> connection;
  private final long forgottenUntil;
  private volatile long answered = System.nanoTime();

  /**
   * A connection that was greeted.
   *
   * @param forgottenUntil a proof that ends by then may be forgotten; milliseconds since 1970
   */
  Session(StatefulRedisConnection<String, String> connection, long forgottenUntil) {
    this.connection = connection;
    this.forgottenUntil = forgottenUntil;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Whether Redis may have started after a proof with that end was spent. */
  boolean mayHaveForgotten(long end) {
    return end <= forgottenUntil;
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

  void close() {
    CompletableFuture<Void> unused = connection.closeAsync();
  }
}
