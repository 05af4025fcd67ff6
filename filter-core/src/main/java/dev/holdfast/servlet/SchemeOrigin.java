package dev.holdfast.servlet;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who says which scheme a request has. It should be the connection, with TLS or without, or
 * something that the operator has set up to read a proxy's headers. Jetty takes it from the client
 * where the request target is an absolute URI (RFC 9112 section 3.2.2), and Jetty and Undertow do
 * with HTTP/2's {@code :scheme} (RFC 9113 section 8.3.1).
 *
 * <p>Tomcat refuses such a request itself where the scheme does not fit the connection. Containers
 * that Holdfast does not know are believed.
 */
final class SchemeOrigin {
  private static final String CIPHER_SUITE = "jakarta.servlet.request.cipher_suite";

  /** By class of the container's, held here for the reason that {@link ConnectionPeer} has. */
  private static final Map<Class<?>, Reader> READERS = new ConcurrentHashMap<>();

  private SchemeOrigin() {}

  /**
   * Whether nobody but the client says so, and its connection says otherwise.
   *
   * @param wire the container's own request, below what filters wrapped around it
   */
  static boolean isClientAlone(ServletRequest wire) {
    Reader reader = READERS.get(wire.getClass());
    if (reader == null) {
      reader = READERS.computeIfAbsent(wire.getClass(), SchemeReaders::of);
    }
    return reader != Reader.CONTAINER && !fitsConnection(wire) && reader.isClientAlone(wire);
  }

  /** As nearly every request does, so that the container's own objects are not asked for more. */
  private static boolean fitsConnection(ServletRequest wire) {
    return isHttps(wire.getScheme()) == (wire.getAttribute(CIPHER_SUITE) != null);
  }

  static boolean isHttps(Object scheme) {
    return scheme instanceof String text && text.equalsIgnoreCase("https");
  }

  /** How one class of requests shows who said its scheme. */
  interface Reader {
    /** The container itself sees to it, or it cannot be known. */
    Reader CONTAINER = wire -> false;

    /** Whether the scheme is the client's word alone; it never throws. */
    boolean isClientAlone(ServletRequest wire);
  }
}
