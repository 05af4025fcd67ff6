package dev.holdfast.internal.issuer.connection;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.post;
import static dev.holdfast.internal.issuer.connection.Replies.OK;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.issuer.Calls;
import dev.holdfast.internal.issuer.HttpAnswer;
import dev.holdfast.internal.issuer.IssuerCall;
import dev.holdfast.internal.issuer.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept, in which order, and for how long. */
@Tag("verify")
class ConnectionPoolTest {
  private static final int CALLERS = 8;

  @Test
  void theLastConnectionThatWasUsedIsTheNextOne() throws Exception {
    CountDownLatch bothAsked = new CountDownLatch(2);
    List<Integer> used = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              while (exchange.readRequest()) {
                used.add(exchange.number);
                bothAsked.countDown();
                bothAsked.await();
                exchange.write(SPECIMEN);
              }
            })) {
      IssuerCall call = post(server.uri());
      CompletableFuture<HttpAnswer> other = new CompletableFuture<>();
      new Thread(() -> other.complete(answer(call))).start();
      answer(call);
      other.get(20, TimeUnit.SECONDS);
      for (int i = 0; i < 3; i++) {
        answer(call);
      }
      assertThat(server.connections).hasSize(2);
      assertThat(used.subList(2, 5)).containsOnly(used.get(2));
    }
  }

  /** The server says two seconds, so that it is one here. */
  @Test
  void aConnectionThatHasGrownOldIsClosedThoughNobodyCalls() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(OK + "Keep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\n{}")) {
      answer(post(server.uri()));
      server.connections.get(0).awaitGone();
    }
  }

  @Test
  void whoeverCallsAtTheSameTimeGetsTheAnswerToHisOwnRequest() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              while (exchange.readRequest()) {
                String request = exchange.lastRequest();
                String token = request.substring(request.length() - 4);
                exchange.write(OK + "Content-Length: 4\r\n\r\n" + token);
              }
            })) {
      IssuerCall call = post(server.uri());
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = 1000 * (caller + 1);
        CompletableFuture<Void> done = new CompletableFuture<>();
        callers.add(done);
        new Thread(() -> callOften(call, first, done)).start();
      }
      for (CompletableFuture<Void> caller : callers) {
        caller.get(60, TimeUnit.SECONDS);
      }
      assertThat(server.connections).hasSizeLessThanOrEqualTo(CALLERS);
    }
  }

  private static void callOften(IssuerCall call, int first, CompletableFuture<Void> done) {
    try {
      for (int i = 0; i < 200; i++) {
        byte[] form = String.valueOf(first + i).getBytes(US_ASCII);
        assertThat(call.send(form).join().body()).isEqualTo(form);
      }
      done.complete(null);
    } catch (RuntimeException | Error failed) {
      done.completeExceptionally(failed);
    }
  }

  /** HttpClient closes its pool when it meets an {@code Error}; that would last until a restart. */
  @Test
  void onlyTheOwnerClosesItForGood() throws IOException {
    ConnectionPool pool =
        new ConnectionPool(new Dialer(null, InetAddress::getAllByName, false), 100);
    pool.close(CloseMode.IMMEDIATE);
    assertThat(pool.isClosed()).isFalse();
    pool.closeForGood();
    assertThat(pool.isClosed()).isTrue();
  }

  @Test
  void aCallerWhoWasInterruptedGetsTheAnswerAndStaysInterrupted_T89() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(SPECIMEN)) {
      IssuerCall call = post(server.uri());
      Thread.currentThread().interrupt();
      CompletableFuture<HttpAnswer> answer = call.send(Calls.FORM);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(answer).isCompleted();
    }
  }
}
