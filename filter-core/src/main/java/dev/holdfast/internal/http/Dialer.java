package dev.holdfast.internal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one origin: by the route that the system's {@link ProxySelector} names, to
 * each of the host's addresses in turn, with TLS that insists on the host's name (RFC 9110 section
 * 4.3.4). Everything ends at the deadline.
 *
 * <p>Plain HTTP is for this machine: it goes to loopback addresses only, whatever a name resolves
 * to. A setting of the issuer can allow the other addresses. Plain HTTP never goes to a proxy.
 */
final class Dialer {
  private final Origin origin;
  private final URI uri;
  private final @Nullable SSLContext trust;
  private final NameLookup lookup;
  private final Addresses addresses;
  private final OpenSockets sockets;
  private final boolean allowPlainHttp;

  Dialer(
      URI uri,
      @Nullable SSLContext trust,
      NameLookup lookup,
      OpenSockets sockets,
      boolean allowPlainHttp) {
    this.allowPlainHttp = allowPlainHttp;
    this.sockets = sockets;
    this.origin = Origin.of(uri);
    this.uri = uri;
    this.trust = trust;
    this.lookup = lookup;
    this.addresses = new Addresses(origin.host(), lookup);
  }

  Connection open(Deadline deadline) throws IOException {
    IOException failure = null;
    for (Proxy route : routes()) {
      try {
        return open(route, deadline);
      } catch (IOException e) {
        failure = first(failure, e);
      }
      if (deadline.isOver()) {
        break;
      }
    }
    throw failure == null ? new IOException("there is no route") : failure;
  }

  private List<Proxy> routes() {
    ProxySelector selector = origin.secure() ? ProxySelector.getDefault() : null;
    List<Proxy> routes = selector == null ? null : selector.select(uri);
    return routes == null || routes.isEmpty() ? List.of(Proxy.NO_PROXY) : routes;
  }

  private Connection open(Proxy route, Deadline deadline) throws IOException {
    DeadlineSocket socket =
        switch (route.type()) {
          case DIRECT -> connected(addresses, origin.port(), deadline);
          case SOCKS -> throughSocks(route, deadline);
          case HTTP -> throughTunnel(route, deadline);
        };
    try {
      return new Connection(socket, origin.secure() ? secured(socket) : socket);
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  private DeadlineSocket connected(Addresses to, int port, Deadline deadline) throws IOException {
    InetAddress[] all = to.find(deadline);
    IOException failure = null;
    for (int i = 0; i < all.length; i++) {
      try {
        if (!origin.secure() && !allowPlainHttp && !all[i].isLoopbackAddress()) {
          throw new IOException("plain HTTP is for loopback addresses only");
        }
        int share = Math.max(1, deadline.millisLeft() / (all.length - i));
        return connected(Proxy.NO_PROXY, new InetSocketAddress(all[i], port), share, deadline);
      } catch (IOException e) {
        failure = first(failure, e);
      }
    }
    throw failure == null ? new IOException("the host has no address") : failure;
  }

  private DeadlineSocket connected(Proxy route, InetSocketAddress to, int millis, Deadline deadline)
      throws IOException {
    DeadlineSocket socket = new DeadlineSocket(route, deadline, sockets);
    try {
      socket.setTcpNoDelay(true);
      socket.connect(to, millis);
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /** The proxy resolves the name. */
  private DeadlineSocket throughSocks(Proxy proxy, Deadline deadline) throws IOException {
    return connected(
        proxy,
        InetSocketAddress.createUnresolved(origin.host(), origin.port()),
        deadline.millisLeft(),
        deadline);
  }

  /** {@code CONNECT} (RFC 9110 section 9.3.6), without credentials for the proxy. */
  private DeadlineSocket throughTunnel(Proxy proxy, Deadline deadline) throws IOException {
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    DeadlineSocket socket =
        connected(new Addresses(address.getHostString(), lookup), address.getPort(), deadline);
    try {
      String authority = origin.authority();
      String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      ByteSource source = new ByteSource(socket.getInputStream());
      int status = new ResponseReader(source).head().status();
      if (status / 100 != 2 || !source.isDrained()) {
        throw new MalformedAnswerException("the proxy opens no tunnel: status " + status);
      }
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(DeadlineSocket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(socket, origin.host(), origin.port(), /* autoClose= */ true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the default is to take any name
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private SSLContext context() throws IOException {
    try {
      return trust != null ? trust : SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("the JVM has no default TLS context", e);
    }
  }

  private static IOException first(@Nullable IOException earlier, IOException later) {
    if (earlier == null) {
      return later;
    }
    earlier.addSuppressed(later);
    return earlier;
  }
}
