package dev.holdfast.internal.issuer;

import dev.holdfast.internal.issuer.connection.ConnectionPool;
import dev.holdfast.internal.issuer.connection.Dialer;
import dev.holdfast.internal.issuer.connection.Exchange;
import dev.holdfast.internal.issuer.connection.RequestExecutor;
import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.Later;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.auth.BasicSchemeFactory;
import org.apache.hc.client5.http.impl.auth.DigestSchemeFactory;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges by Apache HttpClient, with all of it off that a call to an issuer does not need. They
 * take the route that the system's {@link ProxySelector} names; plain HTTP never goes by a proxy. A
 * timer ends each from outside when its time is over: no peer can stretch that, however it
 * dribbles.
 */
final class OwnExchanges implements Exchanges {
  private static final Duration SWEEP = Duration.ofSeconds(1);
  private static final long LONGEST_IDLE_SECONDS = 30;

  private final ConnectionPool pool;
  private final @Nullable Supplier<SSLContext> keyed;
  private final CloseableHttpClient client;
  private final Later later = new Later();
  private final Set<HttpUriRequestBase> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean closed;

  /** The way that the latest answer came. */
  private volatile Proxy latest = Proxy.NO_PROXY;

  /** Each exchange asks for the TLS with a key; null: that of the dialer's trust. */
  OwnExchanges(
      Dialer dialer, Duration longest, int maxBodyBytes, @Nullable Supplier<SSLContext> keyed) {
    this.keyed = keyed;
    this.pool = new ConnectionPool(dialer, maxBodyBytes);
    this.client =
        HttpClientBuilder.create()
            .setConnectionManager(pool)
            .setRequestExecutor(new RequestExecutor())
            .replaceExecInterceptor(ChainElement.PROTOCOL.name(), RequestExecutor::onceOrTwice)
            .setRoutePlanner((target, context) -> ((Exchange) context).route)
            .setConnectionReuseStrategy(
                (request, response, context) ->
                    ((Exchange) context).reached
                        && secondsToKeep(response, context) > 0
                        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
                            request, response, context))
            .setKeepAliveStrategy(
                (response, context) -> TimeValue.ofSeconds(secondsToKeep(response, context)))
            .setDefaultAuthSchemeRegistry(
                RegistryBuilder.<AuthSchemeFactory>create()
                    .register(StandardAuthScheme.BASIC, BasicSchemeFactory.INSTANCE)
                    .register(StandardAuthScheme.DIGEST, DigestSchemeFactory.INSTANCE)
                    .build())
            .setDefaultCredentialsProvider(new SystemDefaultCredentialsProvider())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(longest))
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .setUserAgent("Holdfast")
            .disableAuthCaching()
            .disableAutomaticRetries()
            .disableConnectionState()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .build();
  }

  /** A second less than the server says, so that it is not the server that ends a connection. */
  private static long secondsToKeep(HttpResponse answer, HttpContext context) {
    TimeValue said =
        DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context);
    return Math.min(LONGEST_IDLE_SECONDS, said.toSeconds() - 1);
  }

  @Override
  public HttpAnswer exchange(Question question, Deadline deadline) throws IOException {
    HttpHost target = targetOf(question.uri());
    SSLContext tls = keyed == null ? null : keyed.get();
    Exchange again = new Exchange(target, latest, deadline, tls);
    if (pool.getStats(again.route).getAvailable() > 0) {
      try {
        return execute(question, again);
      } catch (IOException failure) {
        if (again.reached || deadline.isOver()) {
          throw failure;
        }
      }
    }
    return byAnyRoute(question, target, deadline, tls);
  }

  private static HttpHost targetOf(URI uri) {
    boolean secure = uri.getScheme().equalsIgnoreCase("https");
    String host = uri.getHost();
    return new HttpHost(
        secure ? "https" : "http",
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80);
  }

  /** By the first route that leads to the issuer. */
  private HttpAnswer byAnyRoute(
      Question question, HttpHost target, Deadline deadline, @Nullable SSLContext tls)
      throws IOException {
    IOException failure = null;
    for (Proxy proxy : proxies(question.uri(), target)) {
      Exchange exchange = new Exchange(target, proxy, deadline, tls);
      try {
        HttpAnswer answer = execute(question, exchange);
        latest = proxy;
        return answer;
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
        if (exchange.reached || deadline.isOver()) {
          break;
        }
      }
    }
    throw failure == null ? new IOException("there is no route") : failure;
  }

  private static List<Proxy> proxies(URI uri, HttpHost target) {
    ProxySelector selector =
        target.getSchemeName().equals("https") ? ProxySelector.getDefault() : null;
    List<Proxy> named = selector == null ? null : selector.select(uri);
    return named == null || named.isEmpty() ? List.of(Proxy.NO_PROXY) : named;
  }

  private HttpAnswer execute(Question question, Exchange exchange) throws IOException {
    HttpUriRequestBase request = new HttpUriRequestBase(question.method(), question.uri());
    question.fields().forEach(request::addHeader);
    if (!question.method().equals("GET")) {
      request.setEntity(new ByteArrayEntity(question.body(), null));
    }
    Future<?> end = later.after(exchange.deadline.left(), request::cancel);
    underWay.add(request);
    try {
      if (closed) {
        request.cancel();
      }
      return client.execute(exchange.route.getTargetHost(), request, exchange, HttpAnswer::of);
    } catch (RuntimeException failure) {
      if (request.isCancelled() || closed) { // its connection was taken away at some step
        throw new IOException("the call was ended", failure);
      }
      throw failure;
    } finally {
      end.cancel(false);
      underWay.remove(request);
      sweepLater();
    }
  }

  private void sweepLater() {
    if (!sweeping.get() && sweeping.compareAndSet(false, true)) {
      Future<?> unused = later.after(SWEEP, this::sweep);
    }
  }

  /** Closes connections that have grown old, and comes back as long as any are kept. */
  private void sweep() {
    pool.closeExpired();
    sweeping.set(false);
    if (pool.getTotalStats().getAvailable() > 0) {
      sweepLater();
    }
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(HttpUriRequestBase::cancel);
    later.close();
    pool.closeForGood();
    client.close(CloseMode.IMMEDIATE);
  }
}
