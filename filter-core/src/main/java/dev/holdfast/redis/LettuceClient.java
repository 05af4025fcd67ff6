package dev.holdfast.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce, set up so that a command is sent at once, once, or not at all. It queues nothing without
 * a connection. It does not reconnect by itself, because a record could then go to a Redis that
 * nobody has looked at.
 */
final class LettuceClient implements AutoCloseable {
  /** For a connection to be made and greeted. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Commands under way on the connection; more are refused. */
  private static final int MAX_UNDER_WAY = 10_000;

  private static final int THREADS = 2;

  private static final boolean HAS_ANNOUNCEMENTS = hasAnnouncements();

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;

  private LettuceClient(ClientResources resources, RedisClient client, RedisURI uri) {
    this.resources = resources;
    this.client = client;
    this.uri = uri;
  }

  static LettuceClient of(RedisAddress address, @Nullable TrustManagerFactory trust) {
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(options(trust));
    return new LettuceClient(resources, client, uri(address));
  }

  CompletableFuture<StatefulRedisConnection<String, String>> connect() {
    return client.connectAsync(StringCodec.ASCII, uri).toCompletableFuture();
  }

  /** Runs the task when a connection has had its time. */
  void afterConnectLimit(Runnable task) {
    after(CONNECT_LIMIT.toNanos(), task);
  }

  /** Runs the task that many nanoseconds from now, on a thread that {@link #close} ends. */
  void after(long nanos, Runnable task) {
    Future<?> unused = resources.eventExecutorGroup().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Lettuce 7 listens to what a server announces of its maintenance; 6, of Boot 4.0, cannot. */
  private static boolean hasAnnouncements() {
    try {
      ClientOptions.Builder.class.getMethod(
          "maintNotificationsConfig",
          Class.forName(
              "io.lettuce.core.MaintNotificationsConfig",
              false,
              ClientOptions.class.getClassLoader()));
      return true;
    } catch (ReflectiveOperationException older) {
      return false;
    }
  }

  /** Loaded only where it is there. */
  private static final class Announcements {
    static void refuse(ClientOptions.Builder options) {
      ClientOptions.Builder unused =
          options.maintNotificationsConfig(MaintNotificationsConfig.disabled());
    }
  }

  private static ClientOptions options(@Nullable TrustManagerFactory trust) {
    SslOptions.Builder tls = SslOptions.builder().handshakeTimeout(CONNECT_LIMIT);
    if (trust != null) {
      tls.trustManager(trust);
    }
    ClientOptions.Builder options = ClientOptions.builder();
    if (HAS_ANNOUNCEMENTS) {
      Announcements.refuse(options);
    }
    return options
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MAX_UNDER_WAY)
        .protocolVersion(ProtocolVersion.RESP2)
        .socketOptions(
            SocketOptions.builder().connectTimeout(CONNECT_LIMIT).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build()) // ours are shorter
        .sslOptions(tls.build())
        .build();
  }

  private static RedisURI uri(RedisAddress address) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(address.host())
            .withPort(address.port())
            .withDatabase(address.database())
            .withSsl(address.tls())
            .withVerifyPeer(true)
            .withTimeout(CONNECT_LIMIT);
    String password = address.password();
    if (password != null && address.user() != null) {
      uri.withAuthentication(address.user(), password.toCharArray());
    } else if (password != null) {
      uri.withPassword(password.toCharArray());
    }
    return uri.build();
  }

  /** Ends connections and threads within a few seconds. */
  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    try {
      // Netty's thread for such farewells is there for a second after the last one
      boolean unused = GlobalEventExecutor.INSTANCE.awaitInactivity(2, TimeUnit.SECONDS);
    } catch (IllegalStateException neverStarted) {
      // nothing to wait for
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
