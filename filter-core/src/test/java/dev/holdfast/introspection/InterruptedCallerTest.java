package dev.holdfast.introspection;

import static dev.holdfast.introspection.Answers.endpoint;
import static dev.holdfast.introspection.Answers.settled;
import static dev.holdfast.introspection.Answers.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.AccessTokenVerifier;
import dev.holdfast.Verification;
import dev.holdfast.cache.CacheLimits;
import dev.holdfast.cache.CachingAccessTokenVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * T89 with a real issuer: who asked first may be interrupted, and nobody else notices. The virtual
 * thread matters most, as an interrupt closes the socket that one reads from.
 */
class InterruptedCallerTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private AccessTokenVerifier cache;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          asked.countDown();
          try (exchange) {
            mayAnswer.await();
            byte[] body = "{\"active\":true}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    cache =
        new CachingAccessTokenVerifier(
            new IntrospectingVerifier(
                endpoint(uri, Duration.ofSeconds(20)), null, Clock.systemUTC()),
            "realm",
            new CacheLimits(Duration.ofMinutes(1), 100, Duration.ZERO, 1),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What the first one, on this kind of thread, gets although he is interrupted meanwhile. */
  private CompletableFuture<Verification> interruptedLeader(boolean virtual) throws Exception {
    CompletableFuture<Verification> outcome = new CompletableFuture<>();
    Runnable asking =
        () -> {
          try {
            outcome.complete(cache.verify(token("opaque")).get());
          } catch (Exception e) {
            outcome.completeExceptionally(e);
          }
        };
    Thread leader;
    if (virtual) {
      leader =
          (Thread)
              Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, asking);
    } else {
      leader = new Thread(asking);
      leader.start();
    }
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    List<CompletableFuture<Verification>> followers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      followers.add(cache.verify(token("opaque")));
    }
    leader.interrupt();
    assertThat(followers).noneMatch(CompletableFuture::isDone);
    if (virtual) {
      assertThat(outcome.handle((answer, failure) -> failure).get(20, TimeUnit.SECONDS))
          .isInstanceOf(InterruptedException.class); // at once: the answer is still out
    }
    mayAnswer.countDown();
    for (CompletableFuture<Verification> follower : followers) {
      assertThat(settled(follower)).isInstanceOf(Verification.Valid.class);
    }
    assertThat(calls).hasValue(1);
    return outcome;
  }

  @Test
  void aFirstCallerOnAPlatformThreadIsInterruptedInVain_T89() throws Exception {
    assertThat(interruptedLeader(false).get(20, TimeUnit.SECONDS))
        .isInstanceOf(Verification.Valid.class);
  }

  @Test
  void aFirstCallerOnAVirtualThreadLeavesWithoutTheOthers_T89() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
    assertThat(interruptedLeader(true)).isCompletedExceptionally();
  }
}
