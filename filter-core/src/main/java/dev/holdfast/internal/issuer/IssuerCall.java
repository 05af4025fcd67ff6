package dev.holdfast.internal.issuer;

import dev.holdfast.IssuerUnavailableException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/**
 * One kind of request to one address. It can be sent as often as is liked, by many at once, by the
 * route that the system's {@link ProxySelector} names; plain HTTP never goes by a proxy.
 */
public final class IssuerCall {
  private static final byte[] NO_BODY = {};

  private final Exchanges http;
  private final String method;
  private final URI uri;
  private final HttpHost target;
  private final Duration longest;
  private final List<Header> fields = new ArrayList<>();

  /** The way that the latest answer came. */
  private volatile Proxy latest = Proxy.NO_PROXY;

  /** An address's characters beyond ASCII are percent-encoded. */
  IssuerCall(Exchanges http, String method, URI uri, Duration longest) {
    this.http = http;
    this.method = method;
    this.uri = URI.create(uri.toASCIIString());
    this.longest = longest;
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    String host = uri.getHost();
    this.target =
        new HttpHost(
            secure ? "https" : "http",
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
            uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80);
  }

  /** Before the first request only. */
  IssuerCall with(String name, String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException("a request head takes visible ASCII only");
    }
    fields.add(new BasicHeader(name, value));
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
      Exchange again = new Exchange(target, latest, deadline);
      if (http.keepsOne(again.route)) {
        try {
          return http.execute(request(body), again);
        } catch (IOException failure) {
          if (again.reached || deadline.isOver()) {
            throw failure;
          }
        }
      }
      return byAnyRoute(body, deadline);
    } catch (IOException failure) {
      throw unavailable(failure, deadline);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** By the first route that leads to the issuer. */
  private HttpAnswer byAnyRoute(byte[] body, Deadline deadline) throws IOException {
    IOException failure = null;
    for (Proxy proxy : proxies()) {
      Exchange exchange = new Exchange(target, proxy, deadline);
      try {
        HttpAnswer answer = http.execute(request(body), exchange);
        latest = proxy;
        return answer;
      } catch (IOException e) {
        failure = Failures.first(failure, e);
        if (exchange.reached || deadline.isOver()) {
          break;
        }
      }
    }
    throw failure == null ? new IOException("there is no route") : failure;
  }

  private List<Proxy> proxies() {
    ProxySelector selector =
        target.getSchemeName().equals("https") ? ProxySelector.getDefault() : null;
    List<Proxy> named = selector == null ? null : selector.select(uri);
    return named == null || named.isEmpty() ? List.of(Proxy.NO_PROXY) : named;
  }

  private HttpUriRequestBase request(byte[] body) {
    HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
    fields.forEach(request::addHeader);
    if (!method.equals("GET")) {
      request.setEntity(new ByteArrayEntity(body, null));
    }
    return request;
  }

  private static IssuerUnavailableException unavailable(IOException failed, Deadline deadline) {
    if (failed instanceof SocketTimeoutException || deadline.isOver()) {
      return new IssuerUnavailableException("the issuer did not answer in time", failed);
    }
    IOException failure = failed instanceof NoAnswerException none ? none.end : failed;
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
