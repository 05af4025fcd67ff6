package dev.holdfast.internal.http;

import dev.holdfast.IssuerUnavailableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One kind of request to one address: its head is made once, its connections are kept. It can be
 * sent as often as is liked, by many at once. Each time is one request on the wire, or two: one
 * more on a new connection, when a kept one turns out to have ended before it brought a byte of an
 * answer (RFC 9110 section 9.2.2: introspection, like GET, changes nothing).
 */
public final class IssuerCall {
  private final RequestTemplate request;
  private final Dialer dialer;
  private final IdleConnections idle;
  private final Duration longest;
  private final int maxBodyBytes;

  IssuerCall(
      RequestTemplate request,
      Dialer dialer,
      IdleConnections idle,
      Duration longest,
      int maxBodyBytes) {
    this.request = request;
    this.dialer = dialer;
    this.idle = idle;
    this.longest = longest;
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Sends the request. A platform thread does it itself, and the answer is there on return: a
   * hand-over would cost more than the exchange, and an interrupt does not reach its socket. For a
   * virtual thread another one does it, since an interrupt would close the socket, and others may
   * wait for the same answer.
   *
   * @param body not changed any more
   * @return completes before the deadline with the answer, whatever its status, or exceptionally
   *     with {@link IssuerUnavailableException}
   */
  public CompletableFuture<HttpAnswer> send(byte[] body) {
    Deadline deadline = Deadline.in(longest);
    if (OwnThread.callerIsVirtual()) {
      return CompletableFuture.supplyAsync(() -> exchange(body, deadline), OwnThread.EXECUTOR);
    }
    try {
      return CompletableFuture.completedFuture(exchange(body, deadline));
    } catch (IssuerUnavailableException unavailable) {
      return CompletableFuture.failedFuture(unavailable);
    }
  }

  /**
   * Asks without a body, on this thread, which nobody interrupts.
   *
   * @param end of a larger undertaking that this is a part of
   * @throws IssuerUnavailableException when there is no answer in time
   */
  public HttpAnswer ask(Deadline end) {
    return exchange(NO_BODY, Deadline.in(longest).orEarlier(end));
  }

  private HttpAnswer exchange(byte[] body, Deadline deadline) {
    try {
      byte[] bytes = request.with(body);
      Connection kept = idle.take();
      HttpAnswer answer = kept == null ? null : exchangeUnlessStale(kept, bytes, deadline);
      return answer != null ? answer : exchange(dialer.open(deadline), bytes, deadline);
    } catch (IOException failure) {
      throw unavailable(failure, deadline);
    }
  }

  private @Nullable HttpAnswer exchangeUnlessStale(Connection kept, byte[] bytes, Deadline deadline)
      throws IOException {
    try {
      return exchange(kept, bytes, deadline);
    } catch (StaleConnectionException ended) {
      return null;
    }
  }

  private HttpAnswer exchange(Connection connection, byte[] bytes, Deadline deadline)
      throws IOException {
    try {
      return connection.exchange(bytes, maxBodyBytes, deadline);
    } finally {
      idle.give(connection); // which closes it unless the exchange was whole
    }
  }

  private static IssuerUnavailableException unavailable(IOException failure, Deadline deadline) {
    if (failure instanceof SocketTimeoutException || deadline.isOver()) {
      return new IssuerUnavailableException("the issuer did not answer in time", failure);
    }
    String rule =
        failure instanceof MalformedAnswerException
            ? failure.getMessage()
            : failure.getClass().getSimpleName();
    return new IssuerUnavailableException("the exchange with the issuer failed: " + rule, failure);
  }

  private static final byte[] NO_BODY = {};
}
