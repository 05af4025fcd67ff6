package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.WINDOW;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.redis.address.RedisAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C77, C78: real replicas that take over at the same address. */
@Tag("whole")
class RedisFailoverTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  /** The one address at which whoever is the primary can be reached, as in a cloud. */
  private static final class Address implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int target;

    Address(LocalRedis first) throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      target = first.port();
      thread(this::accept);
    }

    RedisAddress redis() {
      return RedisAddress.of("redis://127.0.0.1:" + server.getLocalPort());
    }

    void leadsTo(LocalRedis next) {
      target = next.port();
    }

    /** Also ends what leads to the old one. */
    void breaks() {
      sockets.forEach(Address::close);
    }

    private void accept() {
      try {
        while (true) {
          Socket client = server.accept();
          Socket redis = new Socket(InetAddress.getLoopbackAddress(), target);
          sockets.add(client);
          sockets.add(redis);
          thread(() -> copy(client, redis));
          thread(() -> copy(redis, client));
        }
      } catch (IOException closed) {
        // the end
      }
    }

    private static void copy(Socket from, Socket to) {
      try {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException ended) {
        // the end
      }
      close(from);
      close(to);
    }

    private static void close(Socket socket) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void thread(Runnable work) {
      Thread thread = new Thread(work, "address");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
      breaks();
    }
  }

  private static RedisReplayGuard guard(Address address) {
    return RedisReplayGuard.at(address.redis(), ConfirmationMethod.DPOP)
        .deadline(PATIENT)
        .proofWindow(WINDOW)
        .connect();
  }

  /**
   * A pair in which the second one has been up for longer than any proof lives, as far as it says.
   */
  private static void follow(LocalRedis replica, LocalRedis primary) throws InterruptedException {
    replica.command("REPLICAOF 127.0.0.1 " + primary.port());
    assertThat(
            within60Seconds(
                () -> replica.commandInFull("INFO replication").contains("master_link_status:up")))
        .isTrue();
  }

  @Test
  void afterAReplicaHasTakenOverNoSpentProofIsNewAgain_C77() throws Exception {
    try (LocalRedis primary = LocalRedis.started();
        LocalRedis replica = LocalRedis.started();
        Address address = new Address(primary)) {
      follow(replica, primary);
      try (RedisReplayGuard guard = guard(address)) {
        assertThat(guard.spend(proof(0), Instant.now().plusSeconds(3600))).isEqualTo(FIRST);
        replica.command("REPLICAOF NO ONE"); // before the last records have come
        Instant young = Instant.now().plusSeconds(3600);
        for (int i = 1; i <= 100; i++) {
          assertThat(guard.spend(proof(i), young)).isEqualTo(FIRST);
        }
        address.leadsTo(replica);
        address.breaks();
        Instant old = Instant.now().plus(WINDOW).minusSeconds(1);
        assertThat(within60Seconds(() -> !guard.statistics().connected())).isTrue();
        assertThat(within60Seconds(() -> guard.spend(proof(1000), young) == FIRST)).isTrue();
        for (int i = 1; i <= 100; i++) {
          assertThat(guard.spend(proof(i), old)).isEqualTo(UNAVAILABLE);
        }
      }
    }
  }

  @Test
  void aReplicaThatIsPromotedUnderTheConnectionIsSeen_C77() throws Exception {
    try (LocalRedis primary = LocalRedis.started();
        LocalRedis replica = LocalRedis.started();
        Address address = new Address(replica)) {
      follow(replica, primary);
      replica.command("CONFIG SET replica-read-only no");
      try (RedisReplayGuard guard = guard(address)) {
        Instant young = Instant.now().plusSeconds(3600);
        assertThat(guard.spend(proof(1), young))
            .as("what it takes can be lost")
            .isEqualTo(UNAVAILABLE);
        replica.command("REPLICAOF NO ONE");
        Instant old = Instant.now().plus(WINDOW).minusSeconds(1);
        assertThat(within60Seconds(() -> guard.spend(proof(2), old) == UNAVAILABLE)).isTrue();
        assertThat(within60Seconds(() -> guard.spend(proof(3), young) == FIRST)).isTrue();
        assertThat(guard.spend(proof(3), young)).isEqualTo(SPENT);
      }
    }
  }

  @Test
  void anOldPrimaryThatTakesNoRecordsLosesTheConnection_C78() throws Exception {
    try (LocalRedis primary = LocalRedis.started();
        LocalRedis replica = LocalRedis.started();
        Address address = new Address(primary);
        RedisReplayGuard guard = guard(address)) {
      Instant young = Instant.now().plusSeconds(3600);
      assertThat(guard.spend(proof(1), young)).isEqualTo(FIRST);
      address.leadsTo(replica); // planned: the old one stays, and its connections too
      primary.command("REPLICAOF 127.0.0.1 " + replica.port());
      assertThat(guard.spend(proof(2), young)).isEqualTo(UNAVAILABLE);
      assertThat(within60Seconds(() -> guard.spend(proof(3), young) == FIRST)).isTrue();
      assertThat(guard.statistics().connected()).isTrue();
    }
  }
}
