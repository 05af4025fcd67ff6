package dev.holdfast.internal.issuer;

import dev.holdfast.IssuerUnavailableException;
import dev.holdfast.internal.issuer.connection.MalformedAnswerException;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One kind of request to one address. It can be sent as often as is liked, by many at once. */
public final class IssuerCall {
  private static final byte[] NO_BODY = {};

  private final Exchanges exchanges;
  private final String method;
  private final URI uri;
  private final Duration longest;
  private final Map<String, String> fields = new LinkedHashMap<>();

  /** An address's characters beyond ASCII are percent-encoded. */
  IssuerCall(Exchanges exchanges, String method, URI uri, Duration longest) {
    this.exchanges = exchanges;
    this.method = method;
    this.uri = URI.create(uri.toASCIIString());
    this.longest = longest;
  }

  /** Before the first request only. */
  IssuerCall with(String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("a request head takes visible ASCII only");
    }
    fields.put(name, value);
    return this;
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

  /** An interrupt does not end it: others may wait for the same answer. It is kept. */
  private HttpAnswer exchange(byte[] body, Deadline deadline) {
    boolean interrupted = Thread.interrupted();
    try {
      return exchanges.exchange(
          new Question(method, uri, Collections.unmodifiableMap(fields), body), deadline);
    } catch (IOException failure) {
      throw unavailable(failure, deadline);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IssuerUnavailableException unavailable(IOException failure, Deadline deadline) {
    if (failure instanceof SocketTimeoutException || deadline.isOver()) {
      return new IssuerUnavailableException("the issuer did not answer in time", failure);
    }
    String rule = CertificateFailure.textOf(failure);
    if (rule == null) {
      rule =
          failure instanceof MalformedAnswerException
              ? failure.getMessage()
              : failure.getClass().getSimpleName();
    }
    return new IssuerUnavailableException("the exchange with the issuer failed: " + rule, failure);
  }
}
