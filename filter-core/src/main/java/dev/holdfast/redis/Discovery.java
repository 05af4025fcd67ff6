package dev.holdfast.redis;

import dev.holdfast.redis.Connections.Finder;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisServer;
import dev.holdfast.redis.store.OutageLog;
import dev.holdfast.redis.store.StoreFacts;
import dev.holdfast.redis.store.StoreWatch;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One server, until it says that it is a node of a cluster. */
final class Discovery implements Places {
  private final Connections one;
  private final Supplier<Cluster> makeCluster;
  private volatile boolean ofCluster;
  private volatile boolean closed;
  private volatile @Nullable Cluster cluster;

  private Discovery(LettuceClient client, RedisAddress address, Duration proofWindow, Clock clock) {
    this.makeCluster = () -> new Cluster(client, address, proofWindow, clock);
    RedisServer server = address.servers().get(0);
    this.one =
        new Connections(
            client,
            Finder.of(server),
            new StoreWatch(address.toString(), proofWindow, clock),
            new OutageLog(address.toString()),
            this::judged);
  }

  /** The places at this address. */
  static Places of(LettuceClient client, RedisAddress address, Duration proofWindow, Clock clock) {
    String primaryName = address.primaryName();
    if (primaryName != null) {
      return new Connections(
          client,
          new Sentinels(client, address.servers(), primaryName),
          new StoreWatch(address.toString(), proofWindow, clock),
          new OutageLog(address.toString()),
          Discovery::ofSentinels);
    }
    return address.namesCluster()
        ? new Cluster(client, address, proofWindow, clock)
        : new Discovery(client, address, proofWindow, clock);
  }

  private StoreFacts judged(StoreFacts facts) {
    if (facts.ofCluster()) {
      ofCluster = true;
    }
    return facts;
  }

  private static StoreFacts ofSentinels(StoreFacts facts) {
    return facts.ofCluster()
        ? StoreFacts.unfit("it is a node of a cluster; name the cluster's nodes, and no sentinels")
        : facts;
  }

  private Places places() {
    return ofCluster ? cluster() : one;
  }

  private synchronized Cluster cluster() {
    Cluster found = cluster;
    if (found == null) {
      found = makeCluster.get();
      cluster = found;
      one.end();
      if (closed) {
        found.close();
      }
    }
    return found;
  }

  @Override
  public CompletableFuture<Session> session(String key) {
    Cluster found = cluster;
    if (found != null) {
      return found.session(key);
    }
    CompletableFuture<Session> session = one.current();
    return session.isDone() && !ofCluster
        ? session
        : session.thenCompose(
            made -> ofCluster ? cluster().session(key) : CompletableFuture.completedFuture(made));
  }

  @Override
  public void refused(Session session, Throwable failure) {
    places().refused(session, failure);
  }

  @Override
  public boolean mayHaveForgotten(Session session, String key, long end) {
    return places().mayHaveForgotten(session, key, end);
  }

  @Override
  public OutageLog log(String key) {
    return places().log(key);
  }

  @Override
  public boolean isOpen() {
    return places().isOpen();
  }

  @Override
  public @Nullable String unfit(Duration patience) {
    String unfit = ofCluster ? null : one.unfit(patience);
    return ofCluster ? cluster().unfit(patience) : unfit;
  }

  @Override
  public synchronized void close() {
    closed = true;
    one.close();
    if (cluster != null) {
      cluster.close();
    }
  }
}
