package dev.holdfast.redis;

import dev.holdfast.redis.Connections.Finder;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisServer;
import dev.holdfast.redis.store.OutageLog;
import dev.holdfast.redis.store.SlotMap;
import dev.holdfast.redis.store.StoreFacts;
import dev.holdfast.redis.store.StoreWatch;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.cluster.SlotHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster, each with its share of the slots. Each primary has a connection and a
 * watch of its own. Who has which slot is looked up when a primary cannot be reached, or says that
 * a slot has moved; what goes to another primary counts as a restart of that slot.
 */
final class Cluster implements Places {
  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** What says that the map is old, while the connection is good. */
  private static final Set<String> MOVED = Set.of("MOVED", "ASK", "CLUSTERDOWN");

  private record Look(CompletableFuture<SlotMap<RedisServer>> map, long begun) {}

  private final LettuceClient client;
  private final SlotsQuery query;
  private final long windowMillis;
  private final Clock clock;
  private final OutageLog log;
  private final Map<RedisServer, Connections> nodes = new ConcurrentHashMap<>();
  private final AtomicReference<Look> latest;
  private volatile SlotMap<RedisServer> map = SlotMap.empty(SlotHash.SLOT_COUNT);
  private volatile boolean stale;
  private volatile boolean closed;

  Cluster(LettuceClient client, RedisAddress address, Duration proofWindow, Clock clock) {
    this.client = client;
    this.query = new SlotsQuery(client, address.servers());
    this.windowMillis = proofWindow.toMillis();
    this.clock = clock;
    this.log = new OutageLog(address.toString());
    Look first = new Look(new CompletableFuture<>(), System.nanoTime());
    this.latest = new AtomicReference<>(first);
    begin(first);
  }

  @Override
  public CompletableFuture<Session> session(String key) {
    int slot = SlotHash.getSlot(key);
    Connections known = node(map, slot);
    if (known != null && !stale && known.openSession() != null) {
      return known.current();
    }
    return map().thenCompose(newest -> at(newest, slot));
  }

  private CompletableFuture<Session> at(SlotMap<RedisServer> newest, int slot) {
    Connections node = node(newest, slot);
    return node == null
        ? CompletableFuture.failedFuture(new RedisConnectionException("nobody has the slot"))
        : node.current();
  }

  private @Nullable Connections node(SlotMap<RedisServer> in, int slot) {
    RedisServer owner = in.owner(slot);
    return owner == null ? null : nodes.get(owner);
  }

  /** The map after a look that is not older than the pause. */
  private CompletableFuture<SlotMap<RedisServer>> map() {
    while (true) {
      Look look = Objects.requireNonNull(latest.get());
      if (!look.map().isDone() || System.nanoTime() - look.begun() < PAUSE_NANOS) {
        return look.map();
      }
      Look next = new Look(new CompletableFuture<>(), System.nanoTime());
      if (latest.compareAndSet(look, next)) {
        begin(next);
      }
    }
  }

  private void begin(Look look) {
    if (closed) {
      look.map().completeExceptionally(new RedisConnectionException("closed"));
      return;
    }
    stale = false;
    CompletableFuture<?> unused =
        query
            .ask(nodes)
            .thenApply(this::learn)
            .whenComplete(
                (learnt, failure) -> {
                  if (failure == null) {
                    look.map().complete(learnt);
                  } else {
                    look.map().completeExceptionally(failure);
                  }
                });
  }

  /** Connections to those that have slots now, and to no others. */
  private synchronized SlotMap<RedisServer> learn(@Nullable RedisServer[] found) {
    SlotMap<RedisServer> next = map.then(found, clock.millis() + windowMillis);
    Set<RedisServer> owners = next.all();
    owners.forEach(owner -> nodes.computeIfAbsent(owner, this::connect));
    map = next;
    nodes.forEach(
        (server, node) -> {
          if (!owners.contains(server) || closed) {
            nodes.remove(server);
            node.end();
          }
        });
    return next;
  }

  private Connections connect(RedisServer server) {
    return new Connections(
        client,
        Finder.of(server),
        new StoreWatch(server.toString(), Duration.ofMillis(windowMillis), clock),
        new OutageLog(server.toString()),
        Cluster::judged);
  }

  private static StoreFacts judged(StoreFacts facts) {
    return facts.ofCluster()
        ? facts
        : StoreFacts.unfit("several hosts are named, and it is no node of a cluster");
  }

  @Override
  public void refused(Session session, Throwable failure) {
    if (failure instanceof RedisCommandExecutionException
        && MOVED.contains(Session.code(failure))) {
      stale = true; // other slots are still there
    } else {
      session.closeIfWrongPlace(failure);
    }
  }

  @Override
  public boolean mayHaveForgotten(Session session, String key, long end) {
    return session.mayHaveForgotten(end) || map.mayHaveForgotten(SlotHash.getSlot(key), end);
  }

  @Override
  public OutageLog log(String key) {
    Connections node = node(map, SlotHash.getSlot(key));
    return node == null ? log : node.log(key);
  }

  @Override
  public boolean isOpen() {
    return map.isWhole() && nodes.values().stream().allMatch(Connections::isOpen);
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    try {
      SlotMap<RedisServer> first = map().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      for (RedisServer server : first.all()) {
        Connections node = nodes.get(server);
        String unfit = node == null ? null : node.unfit(patience);
        if (unfit != null) {
          return server + ": " + unfit;
        }
      }
      return null;
    } catch (TimeoutException unreachable) {
      return null; // nobody knows yet
    } catch (ExecutionException e) {
      return e.getCause() instanceof Connections.UnfitException unfit ? unfit.getMessage() : null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    nodes.values().forEach(Connections::close);
  }
}
