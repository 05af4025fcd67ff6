package dev.holdfast.servlet.wire;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who says which scheme a request has. It should be the connection, with TLS or without, or
 * something that the operator has set up to read a proxy's headers. Jetty takes it from the client
 * where the request target is an absolute URI (RFC 9112 section 3.2.2), and Jetty and Undertow do
 * with HTTP/2's {@code :scheme} (RFC 9113 section 8.3.1). So does Tomcat, but newer versions refuse
 * a scheme that does not fit the connection unless {@code allowSchemeMismatch} is set.
 *
 * <p>Containers that Holdfast does not know are believed.
 */
final class SchemeOrigin {
  /** By class of the container's, held here for the reason that {@link ConnectionPeer} has. */
  private static final Map<Class<?>, SchemeReader> READERS = new ConcurrentHashMap<>();

  private SchemeOrigin() {}

  /**
   * Whether nobody but the client says so, and its connection says otherwise.
   *
   * @param wire the container's own request, below what filters wrapped around it
   */
  static boolean isClientAlone(ServletRequest wire) {
    SchemeReader reader = READERS.get(wire.getClass());
    if (reader == null) {
      reader = READERS.computeIfAbsent(wire.getClass(), SchemeReaders::of);
    }
    return reader.isClientAlone(wire);
  }
}
