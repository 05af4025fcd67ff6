package dev.holdfast.internal.issuer.connection;

import dev.holdfast.internal.waiting.Deadline;
import dev.holdfast.internal.waiting.OwnThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections: to each of a host's addresses in turn, or by a SOCKS proxy, with TLS that
 * insists on the host's name (RFC 9110 section 4.3.4). Everything ends at the exchange's deadline.
 *
 * <p>Plain HTTP is for this machine, unless a setting says otherwise: it goes to loopback addresses
 * only, whatever a name resolves to.
 */
public final class Dialer implements HttpClientConnectionOperator {
  private final @Nullable SSLContext trust;
  private final NameLookup lookup;
  private final boolean allowPlainHttp;
  private final Map<String, CompletableFuture<InetAddress[]>> lookups = new ConcurrentHashMap<>();

  public Dialer(@Nullable SSLContext trust, NameLookup lookup, boolean allowPlainHttp) {
    this.trust = trust;
    this.lookup = lookup;
    this.allowPlainHttp = allowPlainHttp;
  }

  @Override
  public void connect(
      ManagedHttpClientConnection connection,
      HttpHost host,
      @Nullable InetSocketAddress local,
      @Nullable TimeValue timeout,
      SocketConfig config,
      HttpContext context)
      throws IOException {
    Exchange exchange = (Exchange) context;
    if (exchange.proxy.type() == Proxy.Type.SOCKS) { // which resolves the name
      SocketAddress unresolved =
          InetSocketAddress.createUnresolved(host.getHostName(), host.getPort());
      dial(connection, exchange.proxy, unresolved, exchange.deadline.millisLeft());
    } else {
      dialEach(connection, host, exchange);
    }
    if (host.getSchemeName().equals("https")) {
      upgrade(connection, host, context);
    }
  }

  private void dialEach(ManagedHttpClientConnection connection, HttpHost host, Exchange exchange)
      throws IOException {
    boolean anywhere =
        allowPlainHttp || exchange.route.isSecure() || exchange.route.getProxyHost() != null;
    InetAddress[] all = addresses(host.getHostName(), exchange.deadline);
    IOException failure = null;
    for (int i = 0; i < all.length; i++) {
      try {
        if (!anywhere && !all[i].isLoopbackAddress()) {
          throw new IOException("plain HTTP is for loopback addresses only");
        }
        int share = Math.max(1, exchange.deadline.millisLeft() / (all.length - i));
        dial(connection, Proxy.NO_PROXY, new InetSocketAddress(all[i], host.getPort()), share);
        return;
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    throw failure == null ? new IOException("the host has no address") : failure;
  }

  /** A look-up has no timeout, so it has a thread of its own; a burst of callers shares it. */
  private InetAddress[] addresses(String host, Deadline deadline) throws IOException {
    try {
      return deadline.await(
          lookups.compute(
              host,
              (name, latest) ->
                  latest != null && !latest.isDone()
                      ? latest
                      : CompletableFuture.supplyAsync(() -> lookUp(name), OwnThread.EXECUTOR)));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownHostException) {
        throw (IOException) new UnknownHostException(host).initCause(failed);
      }
      throw new IllegalStateException("a look-up failed", failed.getCause());
    }
  }

  private InetAddress[] lookUp(String host) {
    try {
      return lookup.addressesOf(host);
    } catch (UnknownHostException unknown) {
      throw new CompletionException(unknown);
    }
  }

  /** Bound before it is connected, so that a call that is ended from outside takes it along. */
  private static void dial(
      ManagedHttpClientConnection connection, Proxy route, SocketAddress to, int millis)
      throws IOException {
    Socket socket = new Socket(route);
    try {
      socket.setTcpNoDelay(true);
      connection.bind(socket);
      socket.connect(to, millis);
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /** Begins TLS: on a connection to the issuer, or in the tunnel that a proxy has opened. */
  @Override
  public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
      throws IOException {
    Socket socket = connection.getSocket();
    if (socket == null) {
      throw new ConnectionClosedException();
    }
    ((IssuerConnection) connection).requireDrained();
    SSLSocket secured =
        (SSLSocket)
            tlsOf((Exchange) context)
                .getSocketFactory()
                .createSocket(socket, host.getHostName(), host.getPort(), /* autoClose= */ true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the default is to take any name
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    connection.bind(secured, socket);
  }

  private SSLContext tlsOf(Exchange exchange) throws IOException {
    if (exchange.tls != null) {
      return exchange.tls;
    }
    try {
      return trust != null ? trust : SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("the JVM has no default TLS context", e);
    }
  }
}
