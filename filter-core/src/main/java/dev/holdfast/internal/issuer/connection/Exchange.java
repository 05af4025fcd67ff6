package dev.holdfast.internal.issuer.connection;

import dev.holdfast.internal.waiting.Deadline;
import java.net.InetSocketAddress;
import java.net.Proxy;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/** One call by one route: what all who take part in it know. */
public final class Exchange extends HttpClientContext {
  public final Deadline deadline;
  final Proxy proxy;
  public final HttpRoute route;

  /** The TLS with the key by which this service is known; null: that of the dialer's trust. */
  final @Nullable SSLContext tls;

  /** Whether the request went to the issuer: until then a proxy speaks, for itself. */
  public boolean reached;

  /** Whether a byte of an answer came before the exchange failed. */
  boolean begun;

  public Exchange(HttpHost target, Proxy proxy, Deadline deadline, @Nullable SSLContext tls) {
    this.deadline = deadline;
    this.proxy = proxy;
    this.route = routeTo(target, proxy);
    this.tls = tls;
    if (tls != null) {
      setUserToken(tls); // so that no connection is used for it that began with another key
    }
  }

  /** What SOCKS does lies below HTTP. */
  private static HttpRoute routeTo(HttpHost target, Proxy proxy) {
    boolean secure = target.getSchemeName().equals("https");
    if (proxy.type() != Proxy.Type.HTTP) {
      return new HttpRoute(target, null, secure);
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return new HttpRoute(
        target, null, new HttpHost("http", address.getHostString(), address.getPort()), secure);
  }
}
