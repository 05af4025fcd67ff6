package dev.holdfast.internal.http;

import dev.holdfast.IssuerUnavailableException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer's endpoints: one total deadline from the first byte sent to the last byte read, a
 * limit on the body, no redirect followed (a credential would travel with it), no content coding
 * asked for.
 */
public final class IssuerHttp {
  private final HttpClient client;
  private final Duration deadline;
  private final int maxBodyBytes;

  private IssuerHttp(HttpClient client, Duration deadline, int maxBodyBytes) {
    this.client = client;
    this.deadline = deadline;
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * A client.
   *
   * @param trust whom to trust, or null for the JVM's trust store
   * @param deadline for one exchange in all, positive
   * @param maxBodyBytes a longer body ends the exchange
   */
  public static IssuerHttp of(@Nullable SSLContext trust, Duration deadline, int maxBodyBytes) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(deadline);
    if (trust != null) {
      builder.sslContext(trust);
    }
    return new IssuerHttp(builder.build(), deadline, maxBodyBytes);
  }

  /**
   * Sends the request.
   *
   * @return completes with the answer, whatever its status, or exceptionally with {@link
   *     IssuerUnavailableException}
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the last stage only cleans up
  public CompletableFuture<HttpAnswer> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, info -> new BoundedBody(maxBodyBytes));
    CompletableFuture<HttpAnswer> answer =
        exchange
            .thenApply(IssuerHttp::answer)
            .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(IssuerHttp::unavailable);
    answer.whenComplete((ignored, failure) -> exchange.cancel(true)); // ends it after the deadline
    return answer;
  }

  private static HttpAnswer answer(HttpResponse<byte[]> response) {
    return new HttpAnswer(
        response.statusCode(),
        HttpAnswer.mediaTypeOf(response.headers().firstValue("Content-Type").orElse("")),
        response.body());
  }

  private static HttpAnswer unavailable(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    throw new IssuerUnavailableException(
        cause instanceof TimeoutException
            ? "the issuer did not answer in time"
            : "the exchange with the issuer failed: " + cause.getClass().getSimpleName(),
        cause);
  }
}
