package dev.holdfast.servlet.wire;

import jakarta.servlet.ServletRequest;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a request's own connection proved, found once and kept with the request: the
 * first edge that knows a proxy takes the container's attribute away, and each edge that follows
 * has to know what was there. Nobody outside this package can make this value or look into it.
 */
public final class ConnectionCertificate {
  /** The container's own attribute. */
  public static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private static final String ATTRIBUTE = ConnectionCertificate.class.getName();

  private final @Nullable X509Certificate leaf;

  private ConnectionCertificate(@Nullable X509Certificate leaf) {
    this.leaf = leaf;
  }

  /** What this connection proved, or null when it proved none. */
  public static @Nullable X509Certificate of(ServletRequest wire) {
    if (wire.getAttribute(ATTRIBUTE) instanceof ConnectionCertificate known) {
      return known.leaf;
    }
    ConnectionCertificate found = new ConnectionCertificate(leaf(wire));
    wire.setAttribute(ATTRIBUTE, found);
    return found.leaf;
  }

  /** The first of the chain that this request shows, or null when it shows none. */
  public static @Nullable X509Certificate leaf(ServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? chain[0]
        : null;
  }

  @Override
  public String toString() {
    return "the connection's certificate";
  }
}
