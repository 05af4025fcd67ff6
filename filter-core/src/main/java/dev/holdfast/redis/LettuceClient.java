package dev.holdfast.redis;

import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisLogin;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.address.RedisServer;
import dev.holdfast.redis.address.RedisTls;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce, set up so that a command is sent at once, once, or not at all. It queues nothing without
 * a connection. It does not reconnect by itself, because a record could then go to a Redis that
 * nobody has looked at.
 */
final class LettuceClient implements AutoCloseable {
  /** Commands under way on the connection; more are refused. */
  private static final int MAX_UNDER_WAY = 10_000;

  private static final int THREADS = 2;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final boolean HAS_ANNOUNCEMENTS = hasAnnouncements();

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisAddress address;
  private final RedisOptions options;

  private LettuceClient(
      ClientResources resources, RedisClient client, RedisAddress address, RedisOptions options) {
    this.resources = resources;
    this.client = client;
    this.address = address;
    this.options = options;
  }

  static LettuceClient of(RedisAddress address, RedisOptions options) {
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    RedisClient client = RedisClient.create(resources);
    client.setOptions(options(options));
    return new LettuceClient(resources, client, address, options);
  }

  /** To a server that keeps data. */
  CompletableFuture<StatefulRedisConnection<String, String>> connect(RedisServer server) {
    RedisURI uri = uri(server, address.login()).withDatabase(address.database()).build();
    return client.connectAsync(StringCodec.ASCII, uri).toCompletableFuture();
  }

  /** To a sentinel: Lettuce's own way writes a line for each failure. */
  CompletableFuture<StatefulRedisConnection<String, String>> connectSentinel(RedisServer server) {
    RedisURI uri = uri(server, address.sentinelLogin()).build();
    return client.connectAsync(StringCodec.ASCII, uri).toCompletableFuture();
  }

  /**
   * The first command on a connection. Lettuce reports a connection on one thread while another one
   * is about to let commands through, so that this one may be turned away for a moment.
   */
  <T> CompletableFuture<T> first(
      StatefulRedisConnection<String, String> connection,
      Supplier<? extends CompletionStage<T>> command) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    first(connection, command, FIRST_PAUSE_NANOS, answer);
    return answer;
  }

  private <T> void first(
      StatefulRedisConnection<String, String> connection,
      Supplier<? extends CompletionStage<T>> command,
      long pause,
      CompletableFuture<T> answer) {
    CompletionStage<?> unused =
        command
            .get()
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    answer.complete(value);
                  } else if (failure instanceof RedisCommandExecutionException
                      || !connection.isOpen()
                      || pause > options.connectLimit().toNanos()) {
                    answer.completeExceptionally(failure);
                  } else {
                    after(pause, () -> first(connection, command, 2 * pause, answer));
                  }
                });
  }

  /** Runs the task when a connection has had its time. */
  void afterConnectLimit(Runnable task) {
    after(options.connectLimit().toNanos(), task);
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

  private static ClientOptions options(RedisOptions ours) {
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
            SocketOptions.builder().connectTimeout(ours.connectLimit()).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build()) // ours are shorter
        .sslOptions(tls(ours))
        .build();
  }

  private static SslOptions tls(RedisOptions ours) {
    RedisTls material = ours.tls();
    SslOptions.Builder tls = SslOptions.builder().handshakeTimeout(ours.connectLimit());
    if (material.trust() != null) {
      tls.trustManager(material.trust());
    }
    if (material.identity() != null) {
      tls.keyManager(material.identity());
    }
    if (!material.ciphers().isEmpty()) {
      tls.cipherSuites(material.ciphers().toArray(String[]::new));
    }
    if (!material.protocols().isEmpty()) {
      tls.protocols(material.protocols().toArray(String[]::new));
    }
    return tls.build();
  }

  private RedisURI.Builder uri(RedisServer server, @Nullable RedisLogin login) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(server.host())
            .withPort(server.port())
            .withSsl(address.tls())
            .withVerifyPeer(true)
            .withTimeout(options.connectLimit());
    if (options.clientName() != null) {
      uri.withClientName(options.clientName());
    }
    if (login != null && login.user() != null) {
      uri.withAuthentication(login.user(), login.password().toCharArray());
    } else if (login != null) {
      uri.withPassword(login.password().toCharArray());
    }
    return uri;
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
