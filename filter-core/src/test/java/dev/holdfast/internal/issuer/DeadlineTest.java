package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.post;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.OK;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.internal.issuer.connection.NameLookup;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.testing.ThrowAwayPki;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T74: at whatever stage a server is slow, the exchange ends at its deadline. */
@Tag("verify")
class DeadlineTest {
  private static final Duration DEADLINE = Duration.ofMillis(400);
  private static final long PAUSE = 60; // shorter than the deadline: each read alone is in time
  private static final String LATE = "the issuer did not answer in time";

  private static void assertLate(IssuerCall call) {
    assertLate(call, Calls.FORM);
  }

  private static void assertLate(IssuerCall call, byte[] body) {
    long start = System.nanoTime();
    assertThat(unavailable(call, body)).isEqualTo(LATE);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(DEADLINE.minusMillis(1), DEADLINE.multipliedBy(8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SPECIMEN,
        "HTTP/1.1 100 Continue\r\n\r\n" + SPECIMEN,
        OK + "\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        OK + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n1\r\nx\r\n0\r\n\r\n"
      })
  void anAnswerOfOneByteAtATimeIsCutOff_T74(String reply) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              exchange.dribble(reply, PAUSE);
              exchange.readRequest();
            })) {
      assertLate(post(server.uri(), DEADLINE));
      server.connections.get(0).awaitGone();
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aBodyOfOneByteAtATimeIsCutOffAlsoOnAKeptConnection_T74() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              exchange.write(SPECIMEN);
              exchange.readRequest();
              exchange.write(OK + "Content-Length: 50\r\n\r\n");
              exchange.dribble("x".repeat(50), PAUSE);
            })) {
      IssuerCall call = post(server.uri(), DEADLINE);
      answer(call);
      assertLate(call);
      assertThat(server.connections).hasSize(1);
    }
  }

  @Test
  void aConnectionThatIsNeverAcceptedIsGivenUp_T74() throws IOException {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (boolean room = true; room; ) { // until the queue of connections is full
        Socket next = new Socket();
        waiting.add(next);
        try {
          next.connect(full.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException noRoom) {
          room = false;
        }
      }
      assertLate(post(URI.create("http://127.0.0.1:" + full.getLocalPort()), DEADLINE));
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aServerThatDoesNotReadIsGivenUp_T74() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(exchange -> over.await())) {
      assertLate(post(server.uri(), DEADLINE), new byte[64 * 1024 * 1024]);
      over.countDown();
    }
  }

  private static IssuerCall overTls(int port) {
    return IssuerHttp.of(ThrowAwayPki.create().sslContext(), DEADLINE, 100)
        .post(URI.create("https://localhost:" + port), null);
  }

  @Test
  void aHandshakeThatNeverBeginsIsGivenUp_T74() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(exchange -> over.await())) {
      assertLate(overTls(server.port()));
      over.countDown();
    }
  }

  /** The head of a record that announces much, then its bytes one by one. */
  @ParameterizedTest
  @ValueSource(ints = {0x16, 0x15})
  void aHandshakeOfOneByteAtATimeIsGivenUp_T74(int contentType) throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange ->
                exchange.dribble(
                    (char) contentType + "\u0003\u0003@\u0000" + "\u0002".repeat(200), PAUSE))) {
      assertLate(overTls(server.port()));
    }
  }

  @Test
  void aNameThatIsNotResolvedInTimeIsGivenUp_T74() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    NameLookup hanging =
        host -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    assertLate(
        IssuerHttp.of(null, DEADLINE, 100, hanging).post(URI.create("https://as.example"), null));
    over.countDown();
  }

  @Test
  void anInterruptEndsNoWaitAndIsNotLost_T89() throws Exception {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread.currentThread().interrupt();
    new Thread(() -> result.complete("there")).start();
    assertThat(Deadline.in(Calls.LONG).await(result)).isEqualTo("there");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aDeadlineThatIsOverLeavesNoTimeAndOneThatIsNotLeavesSome() throws Exception {
    Deadline over = Deadline.in(Duration.ZERO);
    Deadline soon = Deadline.in(Duration.ofMinutes(1));
    assertThatThrownBy(over::millisLeft).isInstanceOf(SocketTimeoutException.class);
    assertThatThrownBy(() -> over.await(new CompletableFuture<>()))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(soon.millisLeft()).isBetween(50_000, 60_000);
    assertThat(soon.orEarlier(over)).isSameAs(over);
    assertThat(over.orEarlier(soon)).isSameAs(over);
  }

  @Test
  void theNextAddressIsTriedInTime_T74() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(SPECIMEN)) {
      NameLookup two =
          host ->
              new InetAddress[] {
                InetAddress.getByName("127.0.0.2"), InetAddress.getLoopbackAddress()
              };
      IssuerCall call =
          IssuerHttp.of(null, Calls.LONG, 100, two)
              .post(URI.create("http://localhost:" + server.port()), null);
      assertThat(answer(call).status()).isEqualTo(200);
    }
  }

  @Test
  void plainHttpGoesToLoopbackAddressesOnlyWhateverTheNameResolvesTo_T101() throws IOException {
    NameLookup elsewhere =
        host -> new InetAddress[] {InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1})};
    IssuerHttp http = IssuerHttp.of(null, Calls.LONG, 100, elsewhere);
    assertThat(unavailable(http.post(URI.create("http://localhost:1/"), null)))
        .isEqualTo("the exchange with the issuer failed: IOException");
    assertThatThrownBy(() -> http.post(URI.create("http://as.example/"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNameLeadsAsFarAsTheSettingOfItsIssuerAllows_C48() throws Exception {
    InetAddress own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst()
            .orElse(null);
    assumeTrue(own != null, "this machine has no address but loopback");
    NameLookup lookup = host -> new InetAddress[] {own};
    try (ScriptedServer server =
        new ScriptedServer(
            new ServerSocket(0, 50, own),
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(SPECIMEN);
              }
            })) {
      URI uri = URI.create("http://localhost:" + server.port());
      IssuerHttp http = IssuerHttp.of(null, Calls.LONG, 100, lookup);
      assertThat(unavailable(http.post(uri, null)))
          .isEqualTo("the exchange with the issuer failed: IOException");
      assertThat(server.requests).isEmpty();
      assertThat(answer(http.allowingPlainHttp(true).post(uri, null)).status()).isEqualTo(200);
    }
  }
}
