package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.post;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static dev.holdfast.internal.issuer.connection.Replies.OK;
import static dev.holdfast.internal.issuer.connection.Replies.SPECIMEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.internal.waiting.Deadline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connection is used again, which is not, and what happens when one has ended meanwhile. */
@Tag("verify")
class KeptConnectionsTest {

  @Test
  void aRequestIsExactlyThis_C85() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(SPECIMEN)) {
      answer(post(URI.create(server.uri() + "?tenant=a%20b\u00e4")));
      answer(Calls.post(URI.create("http://127.0.0.1:" + server.port())));
      String host = "Host: 127.0.0.1:" + server.port();
      String form =
          String.join(
              "\r\n",
              "",
              "Accept-Encoding: identity",
              "Accept: application/json",
              "Content-Type: application/x-www-form-urlencoded",
              "Authorization: Basic c2VjcmV0",
              host,
              "Content-Length: 7",
              "Connection: keep-alive",
              "User-Agent: Holdfast",
              "",
              "token=x");
      assertThat(server.requests)
          .containsExactly(
              "POST /introspect?tenant=a%20b%C3%A4 HTTP/1.1" + form, "POST / HTTP/1.1" + form);
      IssuerHttp.of(null, Calls.LONG, 10).get(server.uri(), "a/b").ask(Deadline.in(Calls.LONG));
      assertThat(server.requests.get(2))
          .isEqualTo(
              String.join(
                  "\r\n",
                  "GET /introspect HTTP/1.1",
                  "Accept-Encoding: identity",
                  "Accept: a/b",
                  "Connection: close",
                  host,
                  "User-Agent: Holdfast",
                  "",
                  ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SPECIMEN,
        OK + "Connection: keep-alive\r\nKeep-Alive: timeout=5, max=3\r\nContent-Length: 0\r\n\r\n",
        OK + "Keep-Alive: timeout=x,=,\r\nContent-Length: 0\r\n\r\n",
        OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 500 \r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 100 Continue\r\n\r\n" + SPECIMEN
      })
  void aConnectionAfterAWholeAnswerIsUsedAgain(String reply) throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(reply)) {
      IssuerCall call = post(server.uri());
      for (int i = 0; i < 3; i++) {
        answer(call);
      }
      assertThat(server.connections).hasSize(1);
      assertThat(server.requests).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OK + "Connection: close\r\nContent-Length: 2\r\n\r\n{}",
        OK + "Connection: x, Close\r\nContent-Length: 2\r\n\r\n{}",
        OK + "Keep-Alive: timeout=0\r\nContent-Length: 2\r\n\r\n{}",
        OK + "Keep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 204 \r\n\r\n",
        "HTTP/1.1 304 \r\nContent-Length: 2\r\n\r\n",
        SPECIMEN + "x",
        SPECIMEN + SPECIMEN
      })
  void aConnectionThatMayHoldMoreOrEndIsNot(String reply) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(reply)) {
      IssuerCall call = post(server.uri());
      answer(call);
      server.connections.get(0).awaitGone();
      answer(call);
      assertThat(server.connections).hasSize(2);
    }
  }

  @Test
  void aConnectionForOneQuestionIsNotKeptWhateverTheServerSays() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(SPECIMEN)) {
      IssuerHttp http = IssuerHttp.of(null, Calls.LONG, 10);
      http.get(server.uri(), "a/b").ask(Deadline.in(Calls.LONG));
      server.connections.get(0).awaitGone(Duration.ofSeconds(15)); // kept, it would stay for 30
    }
  }

  /** Else it would be taken for the answer about the next token. */
  @Test
  void anAnswerThatNobodyAskedForIsNeverTaken() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              while (exchange.readRequest()) {
                exchange.write(SPECIMEN);
                if (exchange.number == 0) {
                  answered.await();
                  exchange.write(SPECIMEN.replace("{}", "[]"));
                  sent.countDown();
                }
              }
            })) {
      IssuerCall call = post(server.uri());
      answer(call);
      answered.countDown();
      sent.await();
      assertThat(answer(call).body()).asString().isEqualTo("{}");
      assertThat(server.connections).hasSize(2);
    }
  }

  /** A server that ends every connection after its first answer, and says nothing of it. */
  private static ScriptedServer.Script endingAfterOne(String rest) {
    return exchange -> {
      exchange.readRequest();
      exchange.write(SPECIMEN);
      exchange.readRequest();
      exchange.write(rest);
    };
  }

  @Test
  void aKeptConnectionThatEndsWithoutAByteIsReplacedOnce_T83() throws IOException {
    try (ScriptedServer server = new ScriptedServer(endingAfterOne(""))) {
      IssuerCall call = post(server.uri());
      answer(call);
      assertThat(answer(call).status()).isEqualTo(200);
      assertThat(server.requests).hasSize(3); // the second was sent twice
      assertThat(server.connections).hasSize(2);
    }
  }

  @Test
  void aKeptConnectionThatEndsAfterAByteIsAnOutage_T83() throws IOException {
    try (ScriptedServer server = new ScriptedServer(endingAfterOne("H"))) {
      IssuerCall call = post(server.uri());
      answer(call);
      assertThat(unavailable(call)).endsWith("the answer ends early");
      assertThat(server.connections).hasSize(1);
    }
  }

  @Test
  void aNewConnectionThatEndsWithoutAByteIsAnOutageAndNotTriedAgain_T83() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Exchange::readRequest)) {
      assertThat(unavailable(post(server.uri())))
          .endsWith("the connection ended without an answer");
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void theSecondAttemptIsTheLastHoweverManyAreKept_T83() throws Exception {
    CountDownLatch bothAsked = new CountDownLatch(2);
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              if (exchange.number < 2) {
                bothAsked.countDown();
                bothAsked.await();
                exchange.write(SPECIMEN);
                exchange.readRequest();
              }
            })) {
      IssuerCall call = post(server.uri());
      CompletableFuture<HttpAnswer> other = new CompletableFuture<>();
      new Thread(() -> other.complete(answer(call))).start();
      answer(call);
      other.get(20, TimeUnit.SECONDS);
      assertThat(unavailable(call)).endsWith("the connection ended without an answer");
      assertThat(server.requests).hasSize(4);
      assertThat(server.connections).hasSize(3); // one kept, one new; not the other kept one
    }
  }

  @Test
  void aKeptConnectionThatStaysSilentIsNotTriedAgain_T83() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              exchange.readRequest();
              exchange.write(SPECIMEN);
              exchange.readRequest();
              exchange.readRequest();
            })) {
      IssuerCall call = post(server.uri(), Duration.ofMillis(300));
      answer(call);
      assertThat(unavailable(call)).isEqualTo("the issuer did not answer in time");
      assertThat(server.connections).hasSize(1);
      assertThat(server.requests).hasSize(2);
    }
  }
}
