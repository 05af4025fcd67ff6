package dev.holdfast.internal.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.IssuerClient;
import dev.holdfast.internal.issuer.connection.MalformedAnswerException;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Exchanges by a client of the application's. Deadline and limit hold whatever that client does:
 * each exchange has a thread of its own, and whoever waits for it leaves at the deadline.
 */
final class HandedExchanges implements Exchanges {
  private final IssuerClient client;
  private final int maxBodyBytes;
  private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HandedExchanges(IssuerClient client, int maxBodyBytes) {
    this.client = client;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public HttpAnswer exchange(Question question, Deadline deadline) throws IOException {
    CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    FutureTask<?> task = new FutureTask<>(() -> ask(question, deadline, answer), null);
    Runnable end = () -> answer.completeExceptionally(ended());
    underWay.add(end);
    try {
      if (closed) {
        throw ended();
      }
      OwnThread.EXECUTOR.execute(task);
      return deadline.await(answer);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException failure
          ? failure
          : new IOException("the client of the application failed", failed.getCause());
    } finally {
      task.cancel(true);
      underWay.remove(end);
    }
  }

  private void ask(Question question, Deadline deadline, CompletableFuture<HttpAnswer> answer) {
    try {
      answer.complete(answerTo(question, deadline));
    } catch (IOException | RuntimeException | Error failure) {
      answer.completeExceptionally(failure);
    }
  }

  private HttpAnswer answerTo(Question question, Deadline deadline) throws IOException {
    IssuerClient.Response response =
        client.exchange(
            new IssuerClient.Request(
                question.method(),
                question.uri(),
                fieldsOf(question),
                new String(question.body(), US_ASCII),
                deadline.left()));
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(maxBodyBytes + 1);
      if (bytes.length > maxBodyBytes) {
        throw MalformedAnswerException.tooLong(maxBodyBytes);
      }
      return new HttpAnswer(
          response.status(),
          HttpAnswer.mediaTypeOf(response.contentType()),
          bytes,
          response.retryAfter().isEmpty() ? null : HttpAnswer.retryAfterOf(response.retryAfter()));
    }
  }

  /** Without the one that is about a connection: some clients refuse to send it. */
  private static Map<String, String> fieldsOf(Question question) {
    Map<String, String> fields = new HashMap<>(question.fields());
    fields.remove("Connection");
    return fields;
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(Runnable::run);
  }

  private static IOException ended() {
    return new IOException("the call was ended");
  }
}
