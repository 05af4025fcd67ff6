package dev.holdfast.redis;

import dev.holdfast.redis.Connections.UnfitException;
import dev.holdfast.redis.address.RedisServer;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sentinels that know the primary. All of them are asked, and the primary is whom more than
 * half of them name: one that is cut off from the others may name a server that is the primary no
 * more.
 */
final class Sentinels implements Connections.Finder {
  private final LettuceClient client;
  private final List<Sentinel> sentinels;
  private final String primaryName;

  Sentinels(LettuceClient client, List<RedisServer> servers, String primaryName) {
    this.client = client;
    this.sentinels = servers.stream().map(Sentinel::new).toList();
    this.primaryName = primaryName;
  }

  @Override
  public CompletableFuture<RedisServer> find() {
    Vote vote = new Vote(sentinels.size());
    client.afterConnectLimit(() -> vote.fails("no answer of the sentinels in time"));
    for (Sentinel sentinel : sentinels) {
      CompletableFuture<?> unused =
          sentinel.primary().thenAccept(vote::hears).exceptionally(vote::misses);
    }
    return vote.result;
  }

  @Override
  public CompletableFuture<Boolean> confirms(RedisServer server) {
    return find().thenApply(server::equals);
  }

  /** One of them, with a connection that is made when it is needed. */
  private final class Sentinel {
    private final RedisServer server;
    private final AtomicReference<
            @Nullable CompletableFuture<StatefulRedisConnection<String, String>>>
        latest = new AtomicReference<>();

    Sentinel(RedisServer server) {
      this.server = server;
    }

    /** Whom it takes for the primary; empty when it knows none of that name. */
    CompletableFuture<Optional<RedisServer>> primary() {
      return connection().thenCompose(this::ask).thenApply(Sentinels::server);
    }

    private CompletionStage<List<String>> ask(StatefulRedisConnection<String, String> connection) {
      CommandArgs<String, String> words =
          new CommandArgs<>(StringCodec.ASCII).add("get-master-addr-by-name").add(primaryName);
      return client.first(
          connection,
          () ->
              connection
                  .async()
                  .dispatch(CommandType.SENTINEL, new ValueListOutput<>(StringCodec.ASCII), words));
    }

    private CompletableFuture<StatefulRedisConnection<String, String>> connection() {
      CompletableFuture<StatefulRedisConnection<String, String>> before = latest.get();
      if (before != null && (!before.isDone() || isOpen(before))) {
        return before;
      }
      CompletableFuture<StatefulRedisConnection<String, String>> next = new CompletableFuture<>();
      if (!latest.compareAndSet(before, next)) {
        return connection();
      }
      try {
        CompletableFuture<?> unused =
            client
                .connectSentinel(server)
                .whenComplete(
                    (connection, failure) -> {
                      if (failure == null) {
                        next.complete(connection);
                      } else {
                        next.completeExceptionally(failure);
                      }
                    });
      } catch (RuntimeException e) { // Lettuce throws some failures instead of reporting them
        next.completeExceptionally(e);
      }
      return next;
    }

    private static boolean isOpen(CompletableFuture<StatefulRedisConnection<String, String>> done) {
      return !done.isCompletedExceptionally() && done.join().isOpen();
    }
  }

  /** A host and a port, or nothing. */
  private static Optional<RedisServer> server(@Nullable List<String> answer) {
    return answer != null && answer.size() == 2
        ? Optional.of(new RedisServer(answer.get(0), Integer.parseInt(answer.get(1))))
        : Optional.empty();
  }

  /** What they say, as it comes in. */
  private static final class Vote {
    private final CompletableFuture<RedisServer> result = new CompletableFuture<>();
    private final Map<Optional<RedisServer>, Integer> votes = new HashMap<>();
    private final int voters;
    private int heard;

    Vote(int voters) {
      this.voters = voters;
    }

    synchronized void hears(Optional<RedisServer> said) {
      heard++;
      if (votes.merge(said, 1, Integer::sum) > voters / 2) {
        said.ifPresentOrElse(
            result::complete,
            () ->
                result.completeExceptionally(
                    new UnfitException("the sentinels know no primary of that name")));
      } else if (heard == voters) {
        result.completeExceptionally(new NoMajorityException());
      }
    }

    synchronized @Nullable Void misses(Throwable failure) {
      heard++;
      if (heard == voters) {
        result.completeExceptionally(votes.isEmpty() ? failure : new NoMajorityException());
      }
      return null;
    }

    void fails(String reason) {
      result.completeExceptionally(new RedisConnectionException(reason));
    }
  }

  /** Fewer than more than half of the sentinels name the same primary. */
  private static final class NoMajorityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoMajorityException() {
      super("no majority of the sentinels");
    }
  }
}
