package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.IssuerUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of one exchange, and that the connection ends with them. */
class IssuerHttpTest {
  private static final int LIMIT = 1000;
  private final CompletableFuture<Long> writtenUntilClosed = new CompletableFuture<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private CompletableFuture<HttpAnswer> get(Duration deadline, HttpHandler handler) {
    server.createContext("/", handler);
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    return IssuerHttp.of(null, deadline, LIMIT).get(uri, "application/json").send(new byte[0]);
  }

  private static HttpHandler body(int length) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", " Application/JSON ; charset=UTF-8");
      exchange.sendResponseHeaders(418, length);
      try (exchange) {
        exchange.getResponseBody().write("x".repeat(length).getBytes(US_ASCII));
      }
    };
  }

  /** Writes pieces without an end, until the other side has closed the connection. */
  private HttpHandler endless(int piece, long pauseMillis) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      long written = 0;
      try (OutputStream out = exchange.getResponseBody()) {
        while (true) {
          out.write("x".repeat(piece).getBytes(US_ASCII));
          out.flush();
          written += piece;
          TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
      } catch (IOException closed) {
        writtenUntilClosed.complete(written);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void anAnswerWithinTheLimitIsWholeWhateverItsStatus() throws Exception {
    HttpAnswer answer = get(Duration.ofSeconds(10), body(LIMIT)).get(20, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.mediaType()).isEqualTo("application/json");
    assertThat(answer.body()).hasSize(LIMIT);
  }

  @Test
  void oneByteBeyondTheLimitIsAnOutage_T77() {
    assertThatThrownBy(() -> get(Duration.ofSeconds(10), body(LIMIT + 1)).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IssuerUnavailableException.class)
        .rootCause()
        .hasMessage("the body is longer than 1000 bytes");
  }

  @Test
  void anEndlessBodyIsCutOffAtTheLimitNotAtTheDeadline_T77() throws Exception {
    CompletableFuture<HttpAnswer> answer = get(Duration.ofMinutes(1), endless(500, 1));
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IssuerUnavailableException.class)
        .rootCause()
        .hasMessageContaining("longer than");
    assertThat(writtenUntilClosed.get(20, TimeUnit.SECONDS)).isLessThan(10_000_000);
  }

  @Test
  void aSlowBodyIsCutOffAtTheDeadlineAndTheConnectionCloses_T74() throws Exception {
    CompletableFuture<HttpAnswer> answer = get(Duration.ofMillis(300), endless(1, 50));
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IssuerUnavailableException.class)
        .cause()
        .hasMessage("the issuer did not answer in time");
    assertThat(writtenUntilClosed.get(20, TimeUnit.SECONDS)).isLessThan(LIMIT);
  }

  @Test
  void aDeadlineIsPositive() {
    assertThatThrownBy(() -> IssuerHttp.of(null, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
