package dev.holdfast.servlet.wire;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** How one class of requests shows who said its scheme. */
@FunctionalInterface
interface SchemeReader {
  /** It cannot be known. */
  SchemeReader CONTAINER = wire -> false;

  /** Whether the scheme is the client's word alone; it never throws. */
  boolean isClientAlone(ServletRequest wire);

  /**
   * Whether the scheme is the one that the TLS attributes of the servlet API speak for. Nearly
   * every request's is, and the container's own objects are not asked then.
   */
  static boolean fitsTls(ServletRequest wire) {
    return isHttps(wire.getScheme())
        == (wire.getAttribute("jakarta.servlet.request.cipher_suite") != null);
  }

  /** Whether this is the scheme of TLS. */
  static boolean isHttps(@Nullable Object scheme) {
    return scheme instanceof String text && text.equalsIgnoreCase("https");
  }
}
