package dev.holdfast.internal.issuer;

import dev.holdfast.IssuerUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthSchemeFactory;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicSchemeFactory;
import org.apache.hc.client5.http.impl.auth.DigestSchemeFactory;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks an issuer's endpoints over HTTP/1.1 (RFC 9112) with Apache HttpClient: one total deadline
 * from the look-up of the name to the last byte read, a limit on the body, no redirect followed (a
 * credential would travel with it), no cookie, no content coding asked for or taken. Any failure is
 * {@link IssuerUnavailableException}.
 *
 * <p>Credentials are sent to a proxy that asks for them (Basic, Digest), as the JVM's {@link
 * java.net.Authenticator} or {@code https.proxyUser} and {@code https.proxyPassword} name them.
 */
public final class IssuerHttp implements Exchanges, AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final @Nullable SSLContext trust;
  private final Duration longest;
  private final int maxBodyBytes;
  private final NameLookup lookup;
  private final boolean allowPlainHttp;
  private final ConnectionPool pool;
  private final CloseableHttpClient client;
  private final Later later = new Later();
  private final Set<HttpUriRequestBase> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private volatile boolean closed;

  private IssuerHttp(
      @Nullable SSLContext trust,
      Duration longest,
      int maxBodyBytes,
      NameLookup lookup,
      boolean allowPlainHttp) {
    if (longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("a deadline is positive");
    }
    this.trust = trust;
    this.longest = longest;
    this.maxBodyBytes = maxBodyBytes;
    this.lookup = lookup;
    this.allowPlainHttp = allowPlainHttp;
    this.pool = new ConnectionPool(new Dialer(trust, lookup, allowPlainHttp), maxBodyBytes);
    this.client = clientOver(pool, longest);
  }

  /**
   * A client.
   *
   * @param trust whom to trust, or null for the JVM's trust store
   * @param deadline for one exchange in all, positive
   * @param maxBodyBytes a longer body ends the exchange
   */
  public static IssuerHttp of(@Nullable SSLContext trust, Duration deadline, int maxBodyBytes) {
    return of(trust, deadline, maxBodyBytes, InetAddress::getAllByName);
  }

  static IssuerHttp of(
      @Nullable SSLContext trust, Duration deadline, int maxBodyBytes, NameLookup lookup) {
    return new IssuerHttp(trust, deadline, maxBodyBytes, lookup, false);
  }

  /** The same, which takes {@code http} for every host where a setting says so. */
  public IssuerHttp allowingPlainHttp(boolean allowed) {
    return new IssuerHttp(trust, longest, maxBodyBytes, lookup, allowed);
  }

  private static CloseableHttpClient clientOver(ConnectionPool pool, Duration longest) {
    return HttpClientBuilder.create()
        .setConnectionManager(pool)
        .setRequestExecutor(new RequestExecutor())
        .replaceExecInterceptor(ChainElement.PROTOCOL.name(), RequestExecutor::onceOrTwice)
        .setRoutePlanner((target, context) -> ((Exchange) context).route)
        .setConnectionReuseStrategy(
            (request, response, context) -> !((Exchange) context).keptFor.isZero())
        .setKeepAliveStrategy((response, context) -> TimeValue.of(((Exchange) context).keptFor))
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

  /**
   * Reads what lies at the address, once in a while: no connection is kept for it.
   *
   * @param accepted the media types, as {@code Accept} names them
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall get(URI uri, String accepted) {
    return call("GET", uri).with("Accept", accepted).with("Connection", "close");
  }

  /**
   * Posts a form to the address.
   *
   * @param authorization the field's value, or null to send none; never shown
   * @throws IllegalArgumentException for an address that {@link IssuerUri} does not take
   */
  public IssuerCall post(URI uri, @Nullable String authorization) {
    IssuerCall call =
        call("POST", uri)
            .with("Accept", "application/json")
            .with("Content-Type", "application/x-www-form-urlencoded");
    return authorization == null ? call : call.with("Authorization", authorization);
  }

  private IssuerCall call(String method, URI uri) {
    URI checked = IssuerUri.require("the address", uri.toString(), allowPlainHttp);
    return new IssuerCall(this, method, checked, longest).with("Accept-Encoding", "identity");
  }

  @Override
  public boolean keepsOne(HttpRoute route) {
    return pool.getStats(route).getAvailable() > 0;
  }

  @Override
  public HttpAnswer execute(HttpUriRequestBase request, Exchange exchange) throws IOException {
    Future<?> end = later.after(exchange.deadline.left(), request::cancel);
    underWay.add(request);
    try {
      if (closed) {
        request.cancel();
      }
      client.executeOpen(exchange.route.getTargetHost(), request, exchange).close();
      return Objects.requireNonNull(exchange.answer);
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

  /** Ends every exchange and every connection; from here on each call fails. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(HttpUriRequestBase::cancel);
    later.close();
    pool.closeForGood();
    client.close(CloseMode.IMMEDIATE);
  }
}
