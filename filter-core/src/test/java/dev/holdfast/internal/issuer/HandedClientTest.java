package dev.holdfast.internal.issuer;

import static dev.holdfast.internal.issuer.Calls.answer;
import static dev.holdfast.internal.issuer.Calls.unavailable;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.IssuerClient;
import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import dev.holdfast.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application's own client carries requests, and what Holdfast promises holds all the same. */
@Timeout(20) // 66 times the short deadline
class HandedClientTest {
  private static final URI PLACE = URI.create("https://as.example/introspect");
  private static final int LIMIT = 100;
  private static final Duration SOON = Duration.ofMillis(300);

  private static IssuerHttp http(IssuerClient client, Duration deadline) {
    return IssuerHttp.of(null, deadline, LIMIT).by(client);
  }

  private static IssuerCall post(IssuerClient client, Duration deadline) {
    return http(client, deadline).post(PLACE, "Basic c2VjcmV0");
  }

  private static IssuerClient.Response response(int status, String type, byte[] body) {
    return new IssuerClient.Response(status, type, new ByteArrayInputStream(body));
  }

  /** A body without an end, one byte at a time. */
  private static final class Endless extends InputStream {
    final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    final CountDownLatch closed = new CountDownLatch(1);
    private final long pauseMillis;

    Endless(long pauseMillis) {
      this.pauseMillis = pauseMillis;
    }

    @Override
    public int read() throws IOException {
      try {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        return 'x';
      } catch (InterruptedException e) {
        interrupted.complete(true);
        throw new IOException(e);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      into[offset] = (byte) read();
      return 1;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  void itGetsTheWholeRequestAndItsAnswerIsTaken() {
    List<IssuerClient.Request> requests = new CopyOnWriteArrayList<>();
    IssuerHttp http =
        http(
            request -> {
              requests.add(request);
              return response(418, " Application/JSON; charset=UTF-8", "{}".getBytes(US_ASCII));
            },
            Calls.LONG);
    HttpAnswer answer = answer(http.post(PLACE, "Basic c2VjcmV0"));
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.mediaType()).isEqualTo("application/json");
    assertThat(answer.body()).asString().isEqualTo("{}");
    http.get(PLACE, "a/b").ask(Deadline.in(Calls.LONG));
    assertThat(requests.get(0).method()).isEqualTo("POST");
    assertThat(requests.get(0).uri()).isEqualTo(PLACE);
    assertThat(requests.get(0).form()).isEqualTo("token=x");
    assertThat(requests.get(0).timeout()).isBetween(Duration.ofMillis(1), Calls.LONG);
    assertThat(requests.get(0).fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Accept", "application/json",
                "Accept-Encoding", "identity",
                "Authorization", "Basic c2VjcmV0",
                "Content-Type", "application/x-www-form-urlencoded"));
    assertThat(requests.get(1).method()).isEqualTo("GET");
    assertThat(requests.get(1).form()).isEmpty();
    assertThat(requests.get(1).fields())
        .containsExactlyInAnyOrderEntriesOf(Map.of("Accept", "a/b", "Accept-Encoding", "identity"));
    assertThat(requests.get(0).toString()).doesNotContain("token", "c2VjcmV0");
  }

  @Test
  void aBodyAtTheLimitIsTakenAndOneByteMoreIsNot_T77() {
    assertThat(answer(post(request -> response(200, "", new byte[LIMIT]), Calls.LONG)).body())
        .hasSize(LIMIT);
    assertThat(unavailable(post(request -> response(200, "", new byte[LIMIT + 1]), Calls.LONG)))
        .endsWith("the body is longer than 100 bytes");
  }

  @Test
  void anEndlessBodyIsCutOffAtTheLimitAndClosed_T77() throws InterruptedException {
    Endless endless = new Endless(0);
    assertThat(
            unavailable(post(request -> new IssuerClient.Response(200, "", endless), Calls.LONG)))
        .endsWith("the body is longer than 100 bytes");
    assertThat(endless.closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** Each byte is in time, and all of them together are not. */
  @Test
  void aSlowBodyIsCutOffAtTheDeadlineAndItsThreadInterrupted_T74() throws Exception {
    Endless slow = new Endless(50);
    assertThat(unavailable(post(request -> new IssuerClient.Response(200, "", slow), SOON)))
        .isEqualTo("the issuer did not answer in time");
    assertThat(slow.interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(slow.closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatNeverComesBackHoldsNobodyBeyondTheDeadline_T74() {
    CountDownLatch over = new CountDownLatch(1);
    assertThat(
            unavailable(
                post(
                    request -> {
                      while (over.getCount() > 0) {
                        try {
                          over.await();
                        } catch (InterruptedException deaf) {
                          // as a client that swallows it
                        }
                      }
                      return response(200, "", new byte[0]);
                    },
                    SOON)))
        .isEqualTo("the issuer did not answer in time");
    over.countDown();
  }

  @Test
  void whateverItThrowsTheIssuerIsUnavailable() {
    assertThat(
            unavailable(
                post(
                    request -> {
                      throw new IOException("no route");
                    },
                    Calls.LONG)))
        .isEqualTo("the exchange with the issuer failed: IOException");
    assertThat(
            unavailable(
                post(
                    request -> {
                      throw new IllegalStateException("of the application");
                    },
                    Calls.LONG)))
        .isEqualTo("the exchange with the issuer failed: IOException");
  }

  @Test
  void anAddressThatIsNotSafeIsNotHandedOverEither_T101() {
    IssuerHttp http = http(request -> response(200, "", new byte[0]), Calls.LONG);
    assertThatThrownBy(() -> http.post(URI.create("http://as.example/"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingEndsWhatIsUnderWay_C65() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    IssuerHttp http =
        http(
            request -> {
              begun.countDown();
              try {
                never.await();
              } catch (InterruptedException ended) {
                throw new IOException(ended);
              }
              return response(200, "", new byte[0]);
            },
            Duration.ofMinutes(5));
    IssuerCall call = http.post(PLACE, null);
    CompletableFuture<HttpAnswer> answer =
        CompletableFuture.supplyAsync(
            () -> call.ask(Deadline.in(Duration.ofMinutes(5))), OwnThread.EXECUTOR);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    http.close();
    assertThat(Await.within(Duration.ofSeconds(20), answer::isDone)).isTrue();
    assertThatThrownBy(answer::join).hasCauseInstanceOf(IssuerUnavailableException.class);
    assertThat(unavailable(call)).endsWith("IOException");
  }
}
