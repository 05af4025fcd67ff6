package dev.holdfast.spring.webflux.evidence;

import dev.holdfast.http.ReceivedRequest;
import dev.holdfast.internal.net.IpAddress;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What came over the wire, before anybody is believed. It is read from Netty's own request and
 * channel, which are below everything that reads a proxy's headers: {@code
 * ForwardedHeaderTransformer}, Reactor Netty's {@code forwarded(...)} and the PROXY protocol.
 *
 * <p>Of a request that does not come from Reactor Netty neither the scheme nor the other end is
 * known: nobody is trusted then, and no key is proven by it but that of a DPoP proof whose target
 * the settings name.
 */
final class ReceivedExchange implements ReceivedRequest {
  private final ServerHttpRequest request;
  private final @Nullable HttpServerRequest wire;
  private final @Nullable Channel connection;

  ReceivedExchange(ServerHttpRequest request) {
    this.request = request;
    this.wire = wire(request);
    this.connection = wire == null ? null : connection(wire);
  }

  private static @Nullable HttpServerRequest wire(ServerHttpRequest request) {
    try {
      Object below = ServerHttpRequestDecorator.getNativeRequest(request);
      return below instanceof HttpServerRequest netty ? netty : null;
    } catch (IllegalArgumentException | IllegalStateException none) {
      return null; // a test's request, for example
    }
  }

  /**
   * The socket's: a stream of HTTP/2 has a channel of its own, whose parent is the connection's.
   */
  private static @Nullable Channel connection(HttpServerRequest wire) {
    AtomicReference<@Nullable Channel> found = new AtomicReference<>();
    wire.withConnection(connection -> found.set(connection.channel()));
    Channel channel = found.get();
    return channel != null && isStream(channel) ? channel.parent() : channel;
  }

  /** The parent of a connection is the server's own channel, which has no other end. */
  private static boolean isStream(Channel channel) {
    return channel.parent() != null && channel.parent().remoteAddress() != null;
  }

  /** Whether the request comes from Reactor Netty, so that its connection can be looked at. */
  boolean isOfNetty() {
    return wire != null;
  }

  String method() {
    return wire == null ? request.getMethod().name() : wire.method().name();
  }

  @Override
  public List<String> headers(String name) {
    return wire == null
        ? request.getHeaders().getOrEmpty(name)
        : wire.requestHeaders().getAll(name);
  }

  @Override
  public Iterator<String> headerNames() {
    return wire == null
        ? request.getHeaders().headerNames().iterator()
        : wire.requestHeaders().names().iterator();
  }

  @Override
  public String path() {
    if (wire == null) {
      return request.getURI().getRawPath();
    }
    String target = wire.uri();
    int start = target.startsWith("/") ? 0 : pathOfAbsoluteForm(target);
    int end = start;
    while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
      end++;
    }
    return start == end ? "/" : target.substring(start, end);
  }

  /** Whether the target begins with a path, and is no other form of it (RFC 9112 section 3.2.1). */
  boolean hasOriginForm() {
    return wire == null || wire.uri().startsWith("/");
  }

  /** Where the path begins in {@code https://host/path} (RFC 9112 section 3.2.2). */
  private static int pathOfAbsoluteForm(String target) {
    int authority = target.indexOf("://");
    int from = authority < 0 ? 0 : authority + 3;
    while (from < target.length() && "/?#".indexOf(target.charAt(from)) < 0) {
      from++;
    }
    return from;
  }

  @Override
  public @Nullable String scheme() {
    if (connection == null) {
      return null;
    }
    return tls() == null ? "http" : "https";
  }

  @Override
  public String authority() {
    InetSocketAddress local =
        connection != null && connection.localAddress() instanceof InetSocketAddress socket
            ? socket
            : null;
    return local == null ? "localhost" : local.getHostString() + ':' + local.getPort();
  }

  @Override
  public @Nullable IpAddress peer() {
    return connection != null
            && connection.remoteAddress() instanceof InetSocketAddress socket
            && socket.getAddress() != null
        ? IpAddress.of(socket.getAddress())
        : null;
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    SslHandler tls = tls();
    if (tls == null) {
      return null;
    }
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? leaf : null;
    } catch (SSLPeerUnverifiedException none) {
      return null;
    }
  }

  private @Nullable SslHandler tls() {
    return connection == null ? null : connection.pipeline().get(SslHandler.class);
  }
}
