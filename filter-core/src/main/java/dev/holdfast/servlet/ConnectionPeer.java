package dev.holdfast.servlet;

import dev.holdfast.internal.net.IpAddress;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
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
final class ConnectionPeer {
  private static final int LONGEST_ZONED = 100;

  private static final ClassValue<SocketReader> READERS =
      new ClassValue<>() {
        @Override
        protected SocketReader computeValue(Class<?> type) {
          SocketReader known = KnownContainers.reader(type);
          if (known != null) {
            return known;
          }
          System.getLogger("dev.holdfast")
              .log(
                  Level.WARNING,
                  "the socket behind a "
                      + type.getName()
                      + " cannot be seen, so that no proxy is trusted there: use Tomcat, Jetty or"
                      + " Undertow, or let the container set the request attribute "
                      + HoldfastAttributes.PEER_ADDRESS);
          return request -> request.getAttribute(HoldfastAttributes.PEER_ADDRESS);
        }
      };

  private ConnectionPeer() {}

  /** The container's own request, below everything that a filter wrapped around it. */
  static ServletRequest wire(ServletRequest request) {
    ServletRequest layer = request;
    while (layer instanceof ServletRequestWrapper wrapper) {
      layer = wrapper.getRequest();
    }
    return layer;
  }

  /** The peer's address; null when there is none, as with a UNIX socket, or it cannot be known. */
  static @Nullable IpAddress of(ServletRequest wire) {
    Object address = READERS.get(wire.getClass()).addressOf(wire);
    if (address instanceof InetSocketAddress socket) {
      return socket.getAddress() == null ? null : IpAddress.of(socket.getAddress());
    }
    return address instanceof String text ? parse(text) : null;
  }

  /** A zone names a link of this host, so only an address that holds within a link has one. */
  static @Nullable IpAddress parse(String text) {
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

  /** How one class of requests leads to its socket. */
  interface SocketReader {
    /** A literal, a socket's address, or null; it never throws. */
    @Nullable Object addressOf(ServletRequest wire);
  }
}
