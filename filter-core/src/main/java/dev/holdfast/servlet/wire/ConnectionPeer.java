package dev.holdfast.servlet.wire;

import dev.holdfast.internal.ApplicationLog;
import dev.holdfast.internal.net.IpAddress;
import dev.holdfast.servlet.exporter.HoldfastAttributes;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a request's own connection. What filters and the container's features make of
 * forwarding headers does not reach this far: the socket is asked, and {@code getRemoteAddr()},
 * which all of them rewrite, never is.
 *
 * <p>The servlet API has no way to the socket, so the containers that Holdfast knows are asked in
 * their own words; on any other the attribute {@link HoldfastAttributes#PEER_ADDRESS} counts, and
 * without it nobody is known.
 */
public final class ConnectionPeer {
  private static final int LONGEST_ZONED = 100;

  /**
   * By class of the container's. It is held here and not by that class, which would keep the web
   * application's class loader alive after the application is gone.
   */
  private static final Map<Class<?>, SocketReader> READERS = new ConcurrentHashMap<>();

  private ConnectionPeer() {}

  /** Says at the start that no proxy can be trusted in this container, where that is so. */
  public static void announce(ServletContext context) {
    if (KnownContainers.isKnown(context)) {
      return;
    }
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            "holdfast.proxies.trusted: "
                + context.getServerInfo()
                + " does not show who is at the other end of a connection, so that no proxy is"
                + " trusted and no header is believed. Use Tomcat, Jetty or Undertow, let the proxy"
                + " pass TLS through (certificate.source=tls), or let something in the container"
                + " that sees the socket set the request attribute "
                + HoldfastAttributes.PEER_ADDRESS);
  }

  private static SocketReader reader(Class<?> type) {
    SocketReader known = KnownContainers.reader(type);
    if (known != null) {
      return known;
    }
    ApplicationLog.named("dev.holdfast")
        .log(
            Level.WARNING,
            "the socket behind a "
                + type.getName()
                + " cannot be seen, so that no proxy is trusted there: use Tomcat, Jetty or"
                + " Undertow, or let the container set the request attribute "
                + HoldfastAttributes.PEER_ADDRESS);
    return request -> request.getAttribute(HoldfastAttributes.PEER_ADDRESS);
  }

  /** The peer's address; null when there is none, as with a UNIX socket, or it cannot be known. */
  public static @Nullable IpAddress of(ServletRequest wire) {
    SocketReader reader = READERS.get(wire.getClass());
    if (reader == null) {
      reader = READERS.computeIfAbsent(wire.getClass(), ConnectionPeer::reader);
    }
    Object address = reader.addressOf(wire);
    if (address instanceof InetSocketAddress socket) {
      return socket.getAddress() == null ? null : IpAddress.of(socket.getAddress());
    }
    return address instanceof String text ? parse(text) : null;
  }

  /** A zone names a link of this host, so only an address that holds within a link has one. */
  public static @Nullable IpAddress parse(String text) {
    int zone = text.indexOf('%');
    if (zone < 0) {
      return IpAddress.parse(text);
    }
    if (text.length() > LONGEST_ZONED || zone == text.length() - 1) {
      return null;
    }
    IpAddress address = IpAddress.parse(text.substring(0, zone));
    return address != null && address.isLinkLocal() ? address : null;
  }
}
