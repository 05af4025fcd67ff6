package dev.holdfast.redis;

import static dev.holdfast.ReplayGuard.Outcome.FIRST;
import static dev.holdfast.ReplayGuard.Outcome.SPENT;
import static dev.holdfast.ReplayGuard.Outcome.UNAVAILABLE;
import static dev.holdfast.redis.GuardFixture.WINDOW;
import static dev.holdfast.redis.GuardFixture.connected;
import static dev.holdfast.redis.GuardFixture.proof;
import static dev.holdfast.redis.GuardFixture.spend;
import static dev.holdfast.redis.GuardFixture.within60Seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ConfirmationMethod;
import dev.holdfast.ReplayGuard.Outcome;
import dev.holdfast.redis.address.RedisAddress;
import dev.holdfast.redis.address.RedisOptions;
import dev.holdfast.redis.store.OutageLog;
import dev.holdfast.testing.SettableClock;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the shared guard that no outage and no second node shows. */
@Tag("verify")
class RedisRulesTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  @Test
  void aProofPastItsEndIsSpentThoughNobodyHasSpentIt() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.started();
        RedisReplayGuard guard = connected(redis.address())) {
      assertThat(guard.spend(proof(1), Instant.now().minusSeconds(2))).isEqualTo(SPENT);
      assertThat(redis.command("DBSIZE")).isEqualTo(":0");
    }
  }

  @Test
  void aRecordLivesToTheEndOfTheProofsLastSecondAndTenSecondsLonger() {
    SettableClock clock = new SettableClock(Instant.ofEpochMilli(1_000_000_700));
    LastRecord records = new LastRecord();
    try (RedisReplayGuard guard = new RedisReplayGuard("x:", clock, () -> 0, records)) {
      assertThat(guard.spend(proof(1), Instant.ofEpochSecond(1_000_000))).isEqualTo(FIRST);
      assertThat(records.end).isEqualTo(1_000_001_000);
      assertThat(records.life).isEqualTo(300 + 10_000);
      assertThat(guard.spend(proof(2), Instant.ofEpochSecond(999_999))).isEqualTo(SPENT);
    }
  }

  private static final class LastRecord implements SharedRecords {
    private long end;
    private long life;

    @Override
    public Outcome add(String key, long end, long life) {
      this.end = end;
      this.life = life;
      return FIRST;
    }

    @Override
    public CompletionStage<Outcome> addAsync(String key, long end, long life) {
      return CompletableFuture.completedFuture(add(key, end, life));
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aRecordThatEndedWhileTheClockWasAheadIsNotMissed() throws InterruptedException {
    SettableClock clock = new SettableClock(Instant.now());
    AtomicLong steady = new AtomicLong();
    Instant until = clock.instant().plus(WINDOW);
    try (LocalRedis redis = LocalRedis.started();
        RedisReplayGuard guard = new RedisReplayGuard("x:", clock, steady::get, records(redis))) {
      assertThat(within60Seconds(() -> guard.statistics().connected())).isTrue();
      assertThat(guard.spend(proof(1), until)).isEqualTo(FIRST);
      steady.addAndGet(Duration.ofHours(1).toNanos());
      redis.command("FLUSHALL"); // in an hour its life is over; the clock was set back by as much
      assertThat(guard.spend(proof(1), until)).isEqualTo(SPENT);
    }
  }

  private static SharedRecords records(LocalRedis redis) {
    RedisOptions options = RedisOptions.DEFAULTS.withDeadline(PATIENT);
    return LettuceRecords.open(redis.address(), options, Duration.ZERO, Clock.systemUTC());
  }

  @Test
  void whoIsInterruptedGetsNothingAndStaysInterrupted() throws InterruptedException {
    try (ScriptedRedis redis = ScriptedRedis.start(connection -> "");
        RedisReplayGuard guard = connected(redis.address())) {
      Thread.currentThread().interrupt();
      assertThat(spend(guard, 1)).isEqualTo(UNAVAILABLE);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void onlyARedisThatSaysHowLongItIsUpIsBelieved() throws InterruptedException {
    String info = ScriptedRedis.info("noeviction", 0);
    assertThat(spentOnceAt(info)).isEqualTo(FIRST);
    assertThat(spentOnceAt(info.replace(":3600", ":0009"))).isEqualTo(UNAVAILABLE);
    assertThat(spentOnceAt(info.replace(":3600", ":36x0"))).isEqualTo(UNAVAILABLE);
  }

  @Test
  void oneThatDoesNotTellWhetherItDropsRecordsIsNotUsed_C76() throws InterruptedException {
    String info = ScriptedRedis.info("noeviction", 0);
    for (String field :
        List.of("maxmemory:", "maxmemory_policy:", "evicted_keys:", "run_id:", "role:")) {
      assertThat(spentOnceAt(info.replace("\n" + field, "\n" + "x".repeat(field.length()))))
          .as("without %s", field)
          .isEqualTo(UNAVAILABLE);
    }
    assertThat(spentOnceAt(ScriptedRedis.bulk("# Server"))).isEqualTo(UNAVAILABLE);
    assertThat(spentOnceAt("-NOPERM no\r\n")).isEqualTo(UNAVAILABLE);
    assertThat(spentOnceAt("-ERR unknown command\r\n")).isEqualTo(UNAVAILABLE);
  }

  @Test
  void onlyAPolicyThatDropsNothingIsUsed_C76() throws InterruptedException {
    for (String policy : List.of("allkeys-lru", "volatile-lru", "volatile-ttl", "allkeys-random")) {
      assertThat(spentOnceAt(ScriptedRedis.info(policy, 0))).as(policy).isEqualTo(UNAVAILABLE);
    }
    assertThat(spentOnceAt(ScriptedRedis.info("noeviction", 1)))
        .as("dropped some before, nobody knows when")
        .isEqualTo(UNAVAILABLE);
    String unlimited = ScriptedRedis.info("allkeys-lru", 0).replace("1048576", "0000000");
    assertThat(spentOnceAt(unlimited)).as("without a limit nothing is dropped").isEqualTo(FIRST);
  }

  @Test
  void oneThatWasAReplicaBeforeMayLackRecords_C77() throws InterruptedException {
    String promoted = ScriptedRedis.info("noeviction", 0).replace("d2:0000", "d2:00a0");
    assertThat(spentOnceAt(promoted)).isEqualTo(UNAVAILABLE);
  }

  private static Outcome spentOnceAt(String info) throws InterruptedException {
    try (ScriptedRedis redis = ScriptedRedis.start(connection -> "+OK\r\n", info);
        RedisReplayGuard guard =
            RedisReplayGuard.at(redis.address(), ConfirmationMethod.DPOP)
                .deadline(PATIENT)
                .proofWindow(WINDOW)
                .connect()) {
      return guard.spend(proof(1), Instant.now().plusSeconds(35));
    }
  }

  @Test
  void aLoginIsForItsUserAndItsDatabase() throws InterruptedException {
    try (LocalRedis redis =
            LocalRedis.started("user default off", "user api on >s3cret ~holdfast:* +@all");
        RedisReplayGuard guard =
            connected(RedisAddress.of("redis://api:s3cret@127.0.0.1:" + redis.port() + "/3"))) {
      assertThat(spend(guard, 1)).isEqualTo(FIRST);
      String login = "AUTH api s3cret\r\n";
      assertThat(redis.command(login + "INFO keyspace")).contains("db3:keys=1");
    }
  }

  @Test
  void afterAFailureNobodyTriesAgainForHalfASecond() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket hangsUp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> hangUp(hangsUp, tries), "hangs-up");
      thread.setDaemon(true);
      thread.start();
      long start = System.nanoTime();
      try (RedisReplayGuard guard =
          RedisReplayGuard.at(
                  RedisAddress.of("redis://127.0.0.1:" + hangsUp.getLocalPort()),
                  ConfirmationMethod.DPOP)
              .connect()) {
        for (int i = 0; i < 200 || tries.get() < 2; i++) {
          assertThat(spend(guard, i)).isEqualTo(UNAVAILABLE);
        }
      }
      long pauses = Duration.ofNanos(System.nanoTime() - start).toMillis() / 500;
      assertThat(tries.get()).isLessThanOrEqualTo((int) pauses + 1);
    }
  }

  private static void hangUp(ServerSocket server, AtomicInteger tries) {
    try {
      while (true) {
        Socket socket = server.accept();
        tries.incrementAndGet();
        socket.close();
      }
    } catch (IOException closed) {
      // the end
    }
  }

  @Test
  void whatIsLoggedIsTheCodeAndNoTextOfTheOtherSide() {
    Throwable failure = new RedisException("outer", new RedisException("WRONGPASS of s3cret"));
    assertThat(OutageLog.reason(failure)).isEqualTo("RedisException, WRONGPASS");
  }

  @Test
  void anOutageIsLoggedOnce() {
    Logger logger = Logger.getLogger("dev.holdfast.redis");
    AtomicInteger lines = new AtomicInteger();
    Filter before = logger.getFilter();
    logger.setFilter(line -> !line.getMessage().contains("nowhere") || lines.incrementAndGet() < 0);
    try {
      AtomicLong time = new AtomicLong();
      OutageLog log = new OutageLog("nowhere", time::get);
      log.works();
      log.fails("one");
      log.fails("two");
      assertThat(lines).hasValue(1);
      log.works();
      log.works();
      assertThat(lines).hasValue(2);
      log.fails("again, at once");
      log.works();
      assertThat(lines).hasValue(2);
      time.addAndGet(Duration.ofMinutes(1).toNanos());
      log.fails("a minute later");
      assertThat(lines).hasValue(3);
    } finally {
      logger.setFilter(before);
    }
  }
}
