package dev.holdfast.internal.http;

import static dev.holdfast.internal.http.Calls.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bounds of what is kept. */
class IdleConnectionsTest {
  private static final int MOST = 20;
  private final AtomicLong time = new AtomicLong(System.nanoTime());
  private final List<Runnable> later = new ArrayList<>();
  private final IdleConnections idle = new IdleConnections(MOST, time::get, later::add);
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.answering(Replies.SPECIMEN);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** One that has answered and may be used again. */
  private Connection used() throws IOException {
    DeadlineSocket socket =
        new DeadlineSocket(Proxy.NO_PROXY, Deadline.in(LONG), new OpenSockets());
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    Connection connection = new Connection(socket, socket);
    byte[] request = RequestTemplate.post(server.uri(), null).with(Calls.FORM);
    connection.exchange(request, 100, Deadline.in(LONG));
    return connection;
  }

  @Test
  void theLastOneInIsTheFirstOneOutAndNobodyElseGetsIt() throws IOException {
    Connection first = used();
    Connection second = used();
    idle.give(first);
    idle.give(second);
    assertThat(idle.take()).isSameAs(second);
    assertThat(idle.take()).isSameAs(first);
    assertThat(idle.take()).isNull();
  }

  @Test
  void noMoreAreKeptThanTheBound() throws Exception {
    for (int i = 0; i < MOST; i++) {
      idle.give(used());
    }
    assertThat(idle.size()).isEqualTo(MOST);
    idle.give(used());
    assertThat(idle.size()).isEqualTo(MOST);
    server.connections.get(MOST).awaitGone();
  }

  @Test
  void onlyTheOldAreSweptAndTheSweepComesBackAsLongAsThereAreAny() throws Exception {
    idle.give(used());
    idle.give(used());
    assertThat(later).hasSize(1);
    idle.give(used());
    later.remove(0).run();
    assertThat(idle.size()).isEqualTo(3);
    assertThat(later).hasSize(1);
    time.addAndGet(Duration.ofSeconds(31).toNanos());
    later.remove(0).run();
    assertThat(idle.size()).isZero();
    assertThat(later).isEmpty();
    server.connections.get(0).awaitGone();
    server.connections.get(2).awaitGone();
    idle.give(used());
    assertThat(later).isEmpty(); // too old at once, by this clock: closed, nothing to sweep
    assertThat(idle.size()).isZero();
  }

  @Test
  void anOldOneIsNotTakenEvenBeforeTheSweep() throws Exception {
    idle.give(used());
    time.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(idle.take()).isNull();
    server.connections.get(0).awaitGone();
  }

  @Test
  void whoeverComesAtTheSameTimeGetsAConnectionOfHisOwn() throws Exception {
    for (int i = 0; i < 8; i++) {
      idle.give(used());
    }
    ExecutorService callers = Executors.newFixedThreadPool(8);
    Map<Connection, Boolean> held = new ConcurrentHashMap<>();
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        done.add(
            callers.submit(
                () -> {
                  for (int round = 0; round < 5_000; round++) {
                    Connection mine = idle.take();
                    if (mine != null) {
                      assertThat(held.put(mine, true)).isNull();
                      held.remove(mine);
                      idle.give(mine);
                    }
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get(60, TimeUnit.SECONDS);
      }
      assertThat(idle.size()).isEqualTo(8);
    } finally {
      callers.shutdownNow();
    }
  }
}
