package dev.holdfast.redis;

import dev.holdfast.redis.Connections.UnfitException;
import dev.holdfast.redis.address.RedisServer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.SlotHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster who has which slots: first over the connections that are open, and where none of
 * those answers in time, everybody who is known.
 */
final class SlotsQuery {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final LettuceClient client;
  private final List<RedisServer> seeds;

  SlotsQuery(LettuceClient client, List<RedisServer> seeds) {
    this.client = client;
    this.seeds = seeds;
  }

  /** The primary of each slot, null where there is none: the first answer of all counts. */
  CompletableFuture<@Nullable RedisServer[]> ask(Map<RedisServer, Connections> nodes) {
    CompletableFuture<@Nullable RedisServer[]> result = new CompletableFuture<>();
    List<CompletableFuture<@Nullable RedisServer[]>> open = new ArrayList<>();
    nodes.forEach(
        (server, node) -> {
          Session session = node.openSession();
          if (session != null) {
            open.add(started(session::clusterSlots).thenApply(answer -> owners(answer, server)));
          }
        });
    Set<RedisServer> known = new LinkedHashSet<>(nodes.keySet());
    known.addAll(seeds);
    AtomicInteger begun = new AtomicInteger();
    Runnable askAll =
        () -> {
          if (!result.isDone() && begun.getAndIncrement() == 0) {
            client.afterConnectLimit(
                () -> result.completeExceptionally(new RedisConnectionException("no answer")));
            first(known.stream().map(this::connectAndAsk).toList(), result, null);
          }
        };
    if (open.isEmpty()) {
      askAll.run();
    } else {
      client.after(PATIENCE.toNanos(), askAll);
      first(open, result, askAll);
    }
    return result;
  }

  /**
   * The first success completes the result.
   *
   * @param none when all have failed; null: the last failure completes it
   */
  private static void first(
      List<CompletableFuture<@Nullable RedisServer[]>> answers,
      CompletableFuture<@Nullable RedisServer[]> result,
      @Nullable Runnable none) {
    AtomicInteger waiting = new AtomicInteger(answers.size());
    BiConsumer<@Nullable RedisServer @Nullable [], @Nullable Throwable> answered =
        (owners, failure) -> {
          if (owners != null) {
            result.complete(owners);
          } else if (waiting.decrementAndGet() == 0 && none != null) {
            none.run();
          } else if (waiting.get() == 0 && failure != null) {
            result.completeExceptionally(told(failure));
          }
        };
    for (CompletableFuture<@Nullable RedisServer[]> answer : answers) {
      CompletableFuture<?> unused = answer.whenComplete(answered);
    }
  }

  private static Throwable told(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof RedisCommandExecutionException
            && String.valueOf(cause.getMessage()).contains("cluster support disabled")
        ? new UnfitException("several hosts are named, and they are no cluster")
        : cause;
  }

  private CompletableFuture<@Nullable RedisServer[]> connectAndAsk(RedisServer server) {
    return started(() -> client.connect(server))
        .thenCompose(
            connection ->
                client
                    .first(connection, connection.async()::clusterSlots)
                    .thenApply(answer -> owners(answer, server))
                    .whenComplete(
                        (done, failure) -> {
                          CompletableFuture<Void> unused = connection.closeAsync();
                        }));
  }

  /** Lettuce throws some failures instead of reporting them. */
  private static <T> CompletableFuture<T> started(Supplier<CompletableFuture<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Reads the answer to {@code CLUSTER SLOTS}: first slot, last slot, the primary, its replicas. A
   * host that is empty is the one that was asked.
   */
  private static @Nullable RedisServer[] owners(List<Object> answer, RedisServer asked) {
    @Nullable RedisServer[] owners = new @Nullable RedisServer[SlotHash.SLOT_COUNT];
    for (Object range : answer) {
      if (!(range instanceof List<?> parts
          && parts.size() >= 3
          && parts.get(0) instanceof Long from
          && parts.get(1) instanceof Long to
          && parts.get(2) instanceof List<?> primary
          && primary.size() >= 2
          && primary.get(1) instanceof Long port
          && from >= 0
          && to < SlotHash.SLOT_COUNT)) {
        throw new RedisConnectionException("an answer to CLUSTER SLOTS that is none");
      }
      String host = text(primary.get(0));
      if (host.equals("?")) {
        continue; // it does not know its own name
      }
      RedisServer owner =
          new RedisServer(host.isEmpty() ? asked.host() : host, Math.toIntExact(port));
      for (int slot = from.intValue(); slot <= to; slot++) {
        owners[slot] = owner;
      }
    }
    return owners;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof ByteBuffer bytes) {
      return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
    }
    return value == null ? "" : value.toString();
  }
}
